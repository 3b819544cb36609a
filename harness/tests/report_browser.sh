#!/bin/sh
# report.html in a headless Chromium (browser.sh).
#
#   report_browser.sh TEST_REPORT FOLDER
#
# TEST_REPORT is the program test_report, which writes the page; the pictures taken on the way stay
# in FOLDER. Exits 77 (skipped) where there is no Chromium to drive.

set -u

test_report=$1
folder=$2
page=report.html
. "$(dirname "$0")/browser.sh"

focused='return document.activeElement.dataset.cell || document.activeElement.id ||
    document.activeElement.tagName;'
opened='const d = document.querySelector("dialog[open]");
    return d && d.querySelector("h2").textContent;'

"$test_report" "$folder" || stop "the page could not be written"

# ---- the page as it opens ----

screen 1280 900
scheme light
visit
expect "the title is text" 'return document.querySelector("h1").textContent' \
    '"Systems programming, week 7 <img src=x onerror=\"window.pwned=2\">"'
expect "every cell is drawn" 'return document.querySelectorAll("#grid tbody td .cell").length' 240
expect "every row has a header" \
    'return document.querySelectorAll("#grid tbody th[scope=row]").length' 24
expect "nothing of the data became an element" \
    'return [typeof window.pwned, document.querySelectorAll("img, b").length,
             document.scripts.length]' '["undefined",0,2]'
expect "names are shown as they are, without what would turn them round" '
    const names = all("#grid tbody bdi").map((e) => e.textContent);
    return ["</script><script>window.pwned=1</script>", "evil ‹U+202E›gnp.exe",
            "line‹U+2028›separator <!-- <script> ]]>", "山田 花子"]
        .filter((name) => !names.includes(name))' '[]'
expect "the foot counts who passed" \
    'return all("#grid tfoot td").slice(0, 3)
        .map((e) => parseInt(e.textContent))' '[9,18,15]'
expect "a row ends with its total" '
    return document.querySelector("[data-cell=\"s01/counter\"]").closest("tr")
        .querySelector(".total").textContent' '"80 of 100"'
expect "a chapter spans its exercises, also where others stand between them" '
    return all("#grid thead [scope=colgroup]").map((e) => [e.title,
        e.colSpan])' \
    '[["1 lost updates",2],["2 locks",3],["3 check then act",1],["2 locks",1],["6 threads",2],["7 atomics",1]]'
expect "each standing is counted" '
    return all("#standings button").map((e) => e.textContent)' \
    '["✓passed158","✕failed36","∅not allowed0","⊘refused2","?ungradable2","!unusable1","○not started22","–missing19"]'
expect "each standing has another symbol" '
    return new Set(all("#standings .symbol")
        .map((e) => e.textContent)).size' 8
expect "the instructor is told of what needs attention" '
    return all("#attention h3").map((e) => e.textContent)' \
    '["? 2 answers could not be judged","⊘ 2 answers refused","! 1 submission cannot be read"]'
expect "the command that judges again is shown" '
    return document.querySelector("#attention .command").textContent' \
    "\"racelings grade 'week 7/it'\\\\''s here' --out grades --regrade s11/refcount\""
expect "a refused answer is shown with its line" '
    return all("#attention li").map((e) => e.textContent)
        .filter((t) => t.includes("counter.c:16") && t.includes("looks for the judge")).length' 1
expect "no warning when the sandbox was used" \
    'return document.querySelectorAll("#warning *").length' 0
expect "nothing was fetched" 'return performance.getEntriesByType("resource").length' 0
expect "light: all text can be read" "$contrast" '[]'
expect "desktop: the page does not scroll sideways" "$no_page_scroll" 1280
picture desktop
expect_quiet "opening"

js 'document.getElementById("glance").scrollIntoView()' >/dev/null
picture grid

# ---- the keyboard ----

expect "one cell is reached by Tab" \
    'return document.querySelectorAll("#grid .cell[tabindex=\"0\"]").length' 1
js 'document.getElementById("sort").value = "id";
    document.getElementById("sort").dispatchEvent(new Event("change"));
    document.getElementById("search").focus();' >/dev/null
keys Tab Tab
expect "Tab goes from the tools into the grid" \
    'return document.activeElement.matches("#grid .cell[tabindex=\"0\"]")' true
js 'document.querySelector("[data-cell=\"s01/counter\"]").focus()' >/dev/null
keys Right Down Down
expect "arrow keys move the focus" "$focused" '"s03/two-fields"'
keys Left Left Left
expect "at the end they stay" "$focused" '"s03/counter"'
keys End
expect "End goes to the end of the row" "$focused" '"s03/publish"'
keys Home Down
expect "Home goes to its start" "$focused" '"s04/counter"'
expect "still one cell is reached by Tab" '
    return all("#grid .cell[tabindex=\"0\"]")
        .map((e) => e.dataset.cell)' '["s04/counter"]'
expect "what has the focus shows it" \
    'return getComputedStyle(document.activeElement).outlineStyle' '"solid"'

# ---- a race, as two threads ----

keys Enter
expect "Enter opens the finding" "$opened" '"Barbara Liskov: counter"'
expect "two threads side by side" '
    const [one, other, ...more] = all(panel + ".thread")
        .map((e) => e.getBoundingClientRect());
    return [more.length, one.top === other.top, one.right < other.left]' '[0,true,true]'
expect "what each does, and the locks it holds" '
    return all(panel + ".thread header")
        .map((e) => e.innerText.replace(/\s+/g, " ").trim())' \
    '["A · T3 writes 8 bytes holding no lock","B · T1 writes 8 bytes holding a->lock"]'
expect "the conflicting lines are marked among others" '
    return all(panel + ".thread .code").map((e) => [
        e.querySelectorAll(".line").length, e.querySelectorAll(".line.hit").length,
        e.querySelector(".line.hit .number").textContent,
        [...e.querySelector(".line.hit").childNodes].slice(2).map((n) => n.textContent).join("")])' \
    '[[7,1,"▸ 21","    counter->value++;\n"],[7,1,"▸ 21","    counter->value++;\n"]]'
expect "a mark of its own colour" '
    const at = (s) => getComputedStyle(document.querySelector(".thread " + s)).backgroundColor;
    return at(".line.hit") !== at(".line:not(.hit)")' true
expect "nothing orders them" \
    'return document.querySelector(panel + ".between").textContent' \
    '"no happens‑before"'
expect "the address names the cell" 'return location.hash' '"#s04/counter"'
expect "the story is folded away" '
    return all("dialog .papers details").filter((e) => e.open).length' 0
expect "light: the finding can be read" "$contrast" '[]'
picture dialog
expect "the judge that found it has the focus" "$focused" '"tab-0"'
keys Right
expect "arrow keys turn to the next judge" '
    return [document.activeElement.textContent,
            document.querySelector(panel + ".locks").textContent]' \
    '["helgrind✕ reported","locks held: this detector does not tell"]'
expect "what is left out is counted" '
    return document.querySelector(panel + "p.more").textContent.slice(0, 17)' \
    '"7 further reports"'
keys Escape
expect "Escape closes" "$opened" null
expect "and the focus is back" "$focused" '"s04/counter"'
expect "and so is the address" 'return location.hash' '""'
keys Right Enter
expect "the next one opens" "$opened" '"Barbara Liskov: two-fields"'
wd POST /back >/dev/null
expect "the back button closes" "$opened" null
expect "with the focus back as well" "$focused" '"s04/two-fields"'
expect_quiet "the keyboard"

# ---- other findings, opened by their address ----

visit '#s03/bank-transfer'
expect "a fragment opens its cell" "$opened" '"Edsger Dijkstra: bank-transfer"'
expect "a lock-order inversion is two columns of acquisitions" '
    return all(panel + ".thread").map((e) =>
        [...e.querySelectorAll(".step > p")].map((s) => s.textContent))' \
    '[["takes M0","then wants M1"],["takes M1","then wants M0"]]'
expect "each with its own line" '
    return all(panel + ".thread").map((e) =>
        [...e.querySelectorAll(".line.hit .number")].map((s) => s.textContent))' \
    '[["▸ 6","▸ 7"],["▸ 6","▸ 7"]]'
picture lock-order
js 'document.querySelectorAll("[role=tab]")[1].click()' >/dev/null
expect "as Helgrind sees it too" '
    return all(panel + ".thread").map((e) =>
        [...e.querySelectorAll(".step > p, .line.hit .number")].map((s) => s.textContent))' \
    '[["takes M0","▸ 6","then wants M1","▸ 7"],["holds M1","wants M0","▸ 7"]]'
keys Escape
expect "Escape closes what a fragment opened" "$opened" null
expect "with the focus on its cell" "$focused" '"s03/bank-transfer"'

visit '#s06/two-fields'
keys End
expect "a story that is drawn, and the good one beside it" '
    return all(panel + ".story svg").map((e) =>
        [e.querySelectorAll(".dot").length, e.querySelectorAll(".switch.turn").length,
            e.querySelectorAll(".mark").length])' '[[4,1,1],[2,0,1]]'
expect "lanes side by side, rows below each other" '
    const [one, two, three] = all(panel + ".story .dot").map((e) => e.getBoundingClientRect());
    return [one.x < two.x, one.y < two.y, two.x === three.x, two.y < three.y]' \
    '[true,true,true,true]'
expect "no text runs into the next column" '
    const svg = document.querySelector(panel + ".story svg");
    const texts = [...svg.querySelectorAll("text")].map((e) => e.getBoundingClientRect());
    const box = svg.getBoundingClientRect();
    return texts.filter((a) => a.right > box.right || texts.some((b) => a !== b &&
        a.left < b.left && a.right > b.left && a.top < b.bottom && b.top < a.bottom)).length' 0
expect "its text can be selected" '
    const range = document.createRange(), text = document.querySelector(panel + ".story .source");
    range.selectNodeContents(text);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return getSelection().toString()' '"16 counter->value++;"'
expect "and it is told to those who cannot see it" '
    const svg = document.querySelector(panel + ".story svg");
    return svg.getAttribute("aria-labelledby").split(" ")
        .map((id) => document.getElementById(id).textContent.slice(0, 24))' \
    '["What happened, step by s","T1: line 16, counter->va"]'
expect "light: the story can be read" "$contrast" '[]'
js 'document.querySelector(panel + ".story").scrollIntoView()' >/dev/null
picture story
keys Escape

visit '#s01/refcount'
expect "use after free: the use and the release" '
    return all(panel + ".thread header p:first-of-type")
        .map((e) => e.textContent)' '["reads 8 bytes","frees the memory"]'
visit '#s05/no-join'
expect "a finding in the driver: where, without its source" '
    const alone = document.querySelector(panel + ".alone");
    return [alone.textContent, alone.querySelectorAll(".code").length]' \
    '["main · main.c:24 (not part of what was handed in)",0]'
visit '#s06/early-return'
expect "a finding without a place" \
    'return document.querySelector(panel + ".alone").textContent' \
    '"the place is not known"'
visit '#s11/counter'
expect "what does not build without a finding" '
    return document.querySelector(panel + ".reason").textContent' \
    '"counter.c:16:5: expected '"';'"' 0.46 s"'
expect "what the judges say is not said twice" \
    'return document.querySelectorAll("dialog .message").length' 0
visit '#s16/counter'
expect "a message that only the cell has" \
    'return document.querySelector("dialog .message").textContent.slice(0, 26)' \
    '"counter.c holds a NUL byte"'
visit '#s10/counter'
expect "a refused answer: the reason and the line" '
    return [document.querySelector("dialog .finding .reason").textContent.slice(0, 22),
            document.querySelector("dialog .line.hit .number").textContent]' \
    '["RUNNING_ON_VALGRIND on","▸ 16"]'
visit '#s14/counter'
expect "a missing answer" \
    'return document.querySelector("dialog .outcome").textContent' '"○not started0 of 10 points"'
visit '#nobody/nothing'
expect "a fragment that names nothing opens nothing" "$opened" null
visit '#%E0%A4%A'
expect "nor does a broken one" "$opened" null
expect_quiet "other findings"

# ---- malice ----

visit '#s01/handler'
expect "a hostile finding is text" '
    document.querySelectorAll("dialog details").forEach((d) => { d.open = true; });
    return [typeof window.pwned, document.querySelectorAll("img").length]' '["undefined",0]'
expect "its program and its output too" '
    const text = document.querySelector("dialog").textContent;
    return ["window.pwned=1</script>", "<img src=x onerror", "‹ESC›[2J", "‹U+202E›", "‹U+2028›",
            "9".repeat(0) + "0123456789".repeat(500)].filter((part) => !text.includes(part))' '[]'
expect "no character that turns text round is left" '
    return /[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]/.test(document.body.textContent
        .replace(document.getElementById("class").textContent, ""))' false
picture hostile
expect_quiet "malice"

# ---- groups ----

visit
expect "what was found makes the groups" '
    return all("[data-exercise=counter] .group").map((e) => [
        parseInt(e.querySelector(".size").textContent),
        e.querySelector(".signature").textContent.slice(0, 24)])' \
    '[[5,"✕tsan: data race on coun"],[2,"✓tsan: clean✓helgrind: c"],[2,"⊘refused: __SANITIZE_THR"],[1,"✕tsan: does not build✕he"],[1,"✕tsan: lock held at thre"]]'
expect "with its students, whatever their lines" '
    return all("[data-exercise=counter] > .group:first-of-type .students a")
        .map((e) => e.dataset.cell)' \
    '["s03/counter","s04/counter","s05/counter","s12/counter","s21/counter"]'
expect "and the lines of an example" '
    return document.querySelector("[data-exercise=counter] .group .lines-seen").textContent.trim()
        .replace(/\s+/g, " ")' '"▸ 16line 16, here: counter->value++;"'
expect "what one student did alone is folded away" '
    return document.querySelector("[data-exercise=counter] details.once summary").textContent' \
    '"2 mistakes made by one student only"'
js 'document.querySelector("[data-exercise=counter] .students a:nth-of-type(1)").focus()' >/dev/null
keys Enter
expect "an example opens" "$opened" '"Edsger Dijkstra: counter"'
keys Escape
expect "and gives the focus back to its link" \
    'return [document.activeElement.tagName, document.activeElement.dataset.cell]' \
    '["A","s03/counter"]'
js 'document.getElementById("mistakes").scrollIntoView()' >/dev/null
picture groups

# ---- tools ----

visible='return all("#grid tbody tr:not([hidden])")
    .map((e) => e.querySelector(".cell").dataset.cell.split("/")[0])'
visit
js 'document.getElementById("search").focus()' >/dev/null
keys L I S K
expect "the text filter" "$visible" '["s04"]'
expect "and it says so" 'return document.getElementById("shown").textContent' \
    '"1 of 24 students shown"'
js 'const search = document.getElementById("search"); search.value = "";
    search.dispatchEvent(new Event("input"));
    document.querySelector("[data-standing=refused]").click()' >/dev/null
expect "the filter by standing" "$visible" '["s10","s09"]'
expect "is pressed" '
    return document.querySelector("[data-standing=refused]").getAttribute("aria-pressed")' '"true"'
js 'document.querySelector("[data-standing=unusable]").click()' >/dev/null
expect "two standings: either" "$visible" '["s10","s16","s09"]'
keys Tab
js 'document.querySelector("#grid .cell[tabindex=\"0\"]").focus()' >/dev/null
keys Down Down Down
expect "the arrow keys stay among those shown" "$focused" '"s09/counter"'
js 'document.querySelectorAll("#standings [aria-pressed=true]").forEach((e) => e.click())' >/dev/null
for order in 'id none none' 'most none descending' 'least none ascending' 'name ascending none'; do
    set -- $order
    js "const sort = document.getElementById('sort'); sort.value = '$1';
        sort.dispatchEvent(new Event('change'))" >/dev/null
    expect "sorted by $1, and marked as such" "
        const rows = all('#grid tbody tr'), by = {
            id: (row) => Number(row.querySelector('.cell').dataset.cell.slice(1, 3)),
            most: (row) => -parseInt(row.querySelector('.total').textContent),
            least: (row) => parseInt(row.querySelector('.total').textContent),
            name: (row) => ['Ada Lovelace', 'Nancy Lynch', 'Tony Hoare']
                .indexOf(row.querySelector('bdi').textContent),
        }['$1'];
        const keys = rows.map(by).filter((key, i) => '$1' !== 'name' || key >= 0);
        return [keys.length > 2 && keys.every((key, i) => i === 0 || keys[i - 1] <= key),
            document.getElementById('by-name').ariaSort, document.getElementById('by-total').ariaSort]" \
        "[true,\"$2\",\"$3\"]"
done

# ---- dark ----

screen 1280 900
scheme light
visit
light=$(js 'return getComputedStyle(document.body).backgroundColor')
scheme dark
expect "dark has another background" \
    "return getComputedStyle(document.body).backgroundColor !== $light" true
expect "dark: all text can be read" "$contrast" '[]'
picture dark
visit '#s04/counter'
expect "dark: the finding can be read" "$contrast" '[]'
picture dark-dialog
visit '#s06/two-fields'
keys End
expect "dark: the story can be read" "$contrast" '[]'
js 'document.querySelector(panel + ".story").scrollIntoView()' >/dev/null
picture dark-story
visit '#s01/handler'
js 'document.querySelectorAll("dialog details").forEach((d) => { d.open = true; })' >/dev/null
expect "dark: hostile text can be read" "$contrast" '[]'
visit '#s10/counter'
expect "dark: a refusal can be read" "$contrast" '[]'
scheme light

# ---- a phone ----

screen 320 640 2 true
visit
expect "phone: the page does not scroll sideways" "$no_page_scroll" 320
expect "the grid does, within itself" '
    const s = document.getElementById("scroller");
    s.scrollLeft = 200;
    return [s.scrollWidth > s.clientWidth, s.scrollLeft]' '[true,200]'
expect "the names stay" '
    const box = document.querySelector("#grid tbody th").getBoundingClientRect();
    return Math.round(box.left - document.getElementById("scroller").getBoundingClientRect().left)' 1
js 'document.getElementById("scroller").scrollLeft = 0;
    document.querySelector("[data-cell=\"s04/counter\"]").focus()' >/dev/null
keys Right Right Right
expect "a cell with the focus is not under the names" '
    const cell = document.activeElement.getBoundingClientRect();
    const name = document.querySelector("#grid tbody th").getBoundingClientRect();
    return cell.left >= name.right && cell.right <= innerWidth' true
js 'scrollTo(0, 0)' >/dev/null
picture phone
js 'document.getElementById("glance").scrollIntoView()' >/dev/null
picture phone-grid
js 'document.getElementById("mistakes").scrollIntoView()' >/dev/null
picture phone-groups
visit '#s04/counter'
expect "phone: the finding does not scroll sideways" "$no_page_scroll" 320
expect "nor does its sheet" '
    const d = document.querySelector("dialog"); return d.scrollWidth <= d.clientWidth' true
expect "phone: one thread above the other" '
    const [one, other] = all(panel + ".thread")
        .map((e) => e.getBoundingClientRect());
    return one.left === other.left && one.bottom < other.top' true
picture phone-dialog
visit '#s06/two-fields'
keys End
expect "phone: the story scrolls within itself" '
    const d = document.querySelector("dialog"), box = document.querySelector(panel + ".story-box");
    return [d.scrollWidth <= d.clientWidth, box.scrollWidth > box.clientWidth]' '[true,true]'
js 'document.querySelector(panel + ".story").scrollIntoView()' >/dev/null
picture phone-story
visit '#s01/handler'
js 'document.querySelectorAll("dialog details").forEach((d) => { d.open = true; })' >/dev/null
expect "phone: long lines scroll within themselves" '
    const d = document.querySelector("dialog"); return d.scrollWidth <= d.clientWidth' true

# ---- paper ----

screen 1280 900
visit
cdp Emulation.setEmulatedMedia '{"media": "print"}'
expect "print: the grid is whole, and the tools are gone" '
    const s = document.getElementById("scroller");
    return [s.scrollHeight <= s.clientHeight, s.scrollWidth <= s.clientWidth,
        document.getElementById("search").checkVisibility()]' '[true,true,false]'
js 'document.getElementById("glance").scrollIntoView()' >/dev/null
picture print
cdp Emulation.setEmulatedMedia '{"media": ""}'

# ---- without the sandbox ----

"$test_report" "$folder" unsafe || stop "the page could not be written"
visit
expect "a class judged without the sandbox is warned of" '
    return document.querySelector("#warning .notice strong").textContent' \
    '"Judged without the sandbox (--unsafe). "'
expect_quiet "the end"
"$test_report" "$folder"

finish_expectations
