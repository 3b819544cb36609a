# A headless Chromium, driven through chromedriver's W3C WebDriver interface by the tests of pages, which
# source this. Given: `folder`, where pictures stay, and `page`, the name of the page in it. Skips the test
# (exit 77) where there is no Chromium to drive. Ends with `finish_expectations`.

for program in chromedriver curl jq; do
    if ! command -v "$program" >/dev/null; then
        echo "skipped: $program is not installed (packages chromium-driver, curl, jq)"
        exit 77
    fi
done
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
    echo "skipped: there is no Chromium (package chromium)"
    exit 77
}

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
scratch=$(mktemp -d)
driver=
session=

finish() {
    [ -n "$session" ] && curl -s -m 20 -X DELETE "$session" >/dev/null
    [ -n "$driver" ] && kill "$driver" 2>/dev/null && wait "$driver" 2>/dev/null
    rm -rf "$scratch" 2>/dev/null || { sleep 1 && rm -rf "$scratch"; } # Chromium may still write
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

stop() {
    echo "$1" >&2
    exit 1
}

# ---- WebDriver ----

# tell METHOD PATH [BODY]: one command; prints the answer.
tell() {
    if [ "$1" = POST ]; then
        curl -s -m 120 -H 'Content-Type: application/json' -d "${3-{\}}" "$session$2"
    else
        curl -s -m 120 "$session$2"
    fi
}

# wd METHOD PATH [BODY]: the same; prints the answer's "value".
wd() {
    tell "$@" | jq -c .value
}

# quoted TEXT: the text as a JSON string. Not by jq, which takes longer to start than the browser to
# answer.
quoted() {
    printf '%s\n' "$1" | awk '
        { gsub(/\\/, "&&"); gsub(/"/, "\\\""); gsub(/\t/, "\\t"); text = text gap $0; gap = "\\n" }
        END { printf "\"%s\"", text }'
}

cdp() {
    tell POST /goog/cdp/execute "{\"cmd\": \"$1\", \"params\": $2}" >/dev/null
}

helpers='
    const all = (selector) => [...document.querySelectorAll(selector)];
    const panel = "[role=tabpanel]:not([hidden]) ";'

# js CODE: what the function body CODE returns, as JSON.
js() {
    wd POST /execute/sync "{\"script\": $(quoted "$helpers $1"), \"args\": []}"
}

# keys NAME...: presses keys one after another.
keys() {
    for key in "$@"; do
        case $key in
        Tab) code='\uE004' ;; Enter) code='\uE007' ;; Escape) code='\uE00C' ;;
        End) code='\uE010' ;; Home) code='\uE011' ;;
        Left) code='\uE012' ;; Up) code='\uE013' ;; Right) code='\uE014' ;; Down) code='\uE015' ;;
        *) code=$key ;;
        esac
        tell POST /actions '{"actions": [{"type": "key", "id": "keyboard", "actions": [
            {"type": "keyDown", "value": "'"$code"'"},
            {"type": "keyUp", "value": "'"$code"'"}]}]}' >/dev/null
    done
}

# visit [FRAGMENT]: $folder/$page, loaded anew.
visit() {
    tell POST /url '{"url": "about:blank"}' >/dev/null
    tell POST /url "{\"url\": $(quoted "file://$folder/$page${1-}")}" >/dev/null
}

screen() {
    cdp Emulation.setDeviceMetricsOverride \
        "{\"width\": $1, \"height\": $2, \"deviceScaleFactor\": ${3:-1}, \"mobile\": ${4:-false}}"
}

scheme() {
    cdp Emulation.setEmulatedMedia \
        '{"features": [{"name": "prefers-color-scheme", "value": "'"$1"'"},
                       {"name": "prefers-reduced-motion", "value": "reduce"}]}'
}

picture() {
    tell GET /screenshot | jq -r .value | base64 -d >"$folder/$1.png"
}

# ---- expectations ----

failures=0
checked=0

# expect NAME CODE WANTED: CODE in the page gives the JSON WANTED; waits a little for it.
expect() {
    checked=$((checked + 1))
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
        got=$(js "$2")
        [ "$got" = "$3" ] && return
        sleep 0.2
    done
    failures=$((failures + 1))
    printf 'FAILED: %s\n    wanted: %s\n    got:    %s\n' "$1" "$3" "$got"
}

# expect_quiet: the console has nothing to say since the last time.
expect_quiet() {
    checked=$((checked + 1))
    said=$(wd POST /se/log '{"type": "browser"}')
    if [ "$said" != '[]' ]; then
        failures=$((failures + 1))
        printf 'FAILED: the console is silent (%s)\n    got:    %s\n' "$1" "$said"
    fi
}

# Texts too faint to read: each element whose own text has less than WCAG's ratio of 4.5.
contrast='
    const numbers = (color) => color.match(/[\d.]+/g).map(Number);
    const light = (color) => {
        const [r, g, b] = numbers(color).slice(0, 3).map((c) => c / 255)
            .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const color = getComputedStyle(at).backgroundColor, parts = numbers(color);
            if (parts.length < 4 || parts[3] === 1) return color;
            if (parts[3] > 0) return "rgb(127, 127, 127)";
        }
        return "rgb(255, 255, 255)";
    };
    const root = document.querySelector("dialog[open]") || document.body;
    const faint = new Set();
    let seen = 0;
    for (const element of root.querySelectorAll("*")) {
        const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
        if (!own || element.closest(".unseen, script, style, noscript, .skip") ||
            !element.checkVisibility()) continue;
        const one = light(getComputedStyle(element).color), other = light(behind(element));
        const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        seen++;
        if (ratio < 4.5) faint.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
    }
    return seen > 15 ? [...faint] : `only ${seen} texts`;'

no_page_scroll='
    return document.scrollingElement.scrollWidth <= innerWidth ? innerWidth :
        all("body *").filter((e) => e.getBoundingClientRect().right > innerWidth &&
        !e.closest(".scroller, .code")).map((e) => e.tagName + "." + e.className);'

# ---- starting ----

: >"$scratch/driver.log"
chromedriver --port=0 --log-level=WARNING >"$scratch/driver.log" 2>&1 &
driver=$!
for attempt in $(seq 100); do
    port=$(sed -n 's/.*started successfully on port \([0-9]*\).*/\1/p' "$scratch/driver.log")
    [ -n "$port" ] && break
    kill -0 "$driver" 2>/dev/null || stop "chromedriver ended: $(cat "$scratch/driver.log")"
    sleep 0.1
done
[ -n "$port" ] || stop "chromedriver names no port: $(cat "$scratch/driver.log")"

session=http://127.0.0.1:$port/session
capabilities=$(jq -nc --arg chromium "$chromium" --arg profile "$scratch/profile" '
    {capabilities: {alwaysMatch: {
        "goog:loggingPrefs": {browser: "ALL"},
        "goog:chromeOptions": {binary: $chromium, args: [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-dev-shm-usage", "--hide-scrollbars",
            "--user-data-dir=" + $profile]}}}}')
id=$(wd POST '' "$capabilities" | jq -r '.sessionId // empty')
if [ -z "$id" ]; then
    cat "$scratch/driver.log" >&2
    session=
    stop "Chromium does not start"
fi
session=$session/$id

finish_expectations() {
    echo "$checked expectations, $failures failed; pictures are in $folder"
    [ "$failures" -eq 0 ]
}
