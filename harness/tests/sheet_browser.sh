#!/bin/sh
# The page of `racelings play --html` in a headless Chromium (browser.sh): the counter is broken and played
# right, by keys and by fingers; and the mended one, which cannot be broken.
#
#   sheet_browser.sh RACELINGS COURSE FOLDER
#
# The pages and the pictures taken on the way stay in FOLDER. Exits 77 (skipped) where there is no Chromium.

set -u

racelings=$1
course=$2
folder=$3
page=broken.html
. "$(dirname "$0")/browser.sh"

write() {
    (cd "$course" && "$racelings" play --html "$folder/$1.html" counter --variant "$1" \
        --scene two_at_once) || stop "the page could not be written"
}
write broken
write fixed

told='return all("#told tbody .effect").map((e) => e.textContent)'
message='return document.getElementById("message").textContent.slice(0, 60)'
choices='return all(".choice").map((e) => [e.querySelector(".who").textContent, e.disabled,
    e.querySelector(".does").textContent])'
seen='return document.getElementById("seen").textContent'
press() { js "document.querySelector('[data-thread=\"$1\"]').click()" >/dev/null; }

# ---- by keys ----

screen 1000 800
scheme light
visit
expect "the beginning" "$told" '[]'
expect "who can go, and what each would do" "$choices" \
    '[["T1",false,"reads counter->value"],["T2",false,"reads counter->value"]]'
expect "the promise" 'return document.getElementById("promise").textContent' '"“Adds one.”"'
expect "light: all can be read" "$contrast" '[]'
keys 1 2
expect "both have read" "$told" '["counter->value is 0","counter->value is 0"]'
keys 1
expect "one has written" "$told" \
    '["counter->value is 0","counter->value is 0","counter->value 0 → 1"]'
picture sheet
keys 2
expect "broken" "$message" '"Broken, in 4 steps: a promise is broken, in the scene \"two a"'
expect "and what replays it" '
    return document.querySelector("#message code").textContent.replace(/[0-9.-]+$/, "")' \
    '"racelings replay counter --variant broken two_at_once/x1:"'
expect "no more choices" "$choices" '[]'
expect "light: the end can be read" "$contrast" '[]'
keys 1
expect "nothing comes behind the end" '
    return document.getElementById("message").textContent.includes("The program has ended")' true
picture sheet-broken
keys u u
expect "taken back" "$told" '["counter->value is 0","counter->value is 0"]'
keys u u u
expect "up to the beginning, and no further" "$message" '"This is the beginning."'
keys 1 1 2 2
expect "played right" "$message" '"This time all went well. Another order does not: can you bre"'
expect "what has been seen" "$seen" '"You have seen 2 of 6 ways to the end."'
keys r
expect "from the start" "$told" '[]'
keys b
expect "the explorer shows how" "$message" \
    '"Broken, in 1 step: a promise is broken, in the scene \"two at"'
keys r Z
expect "a key that means nobody" "$message" '"There is no T35 now."'
expect_quiet "by keys"
expect "nothing was fetched" 'return performance.getEntriesByType("resource").length' 0

# ---- by fingers, in the dark, on a phone ----

screen 320 640 2 true
scheme dark
visit
expect "phone: nothing scrolls sideways" "$no_page_scroll" 320
press 1
press 2
press 1
expect "phone: still not" "$no_page_scroll" 320
expect "phone: each row says whose it is" '
    return all("#told tbody tr").map((row) => [...row.querySelectorAll(".thread")]
        .filter((e) => e.checkVisibility()).map((e) => e.textContent).join())' '["T1","T2","T1"]'
expect "phone: buttons are large enough" '
    return all("button").filter((e) => e.getBoundingClientRect().height < 44).length' 0
expect "dark: all can be read" "$contrast" '[]'
picture sheet-phone
js 'document.getElementById("undo").click()' >/dev/null
expect "undo" "$told" '["counter->value is 0","counter->value is 0"]'
js 'document.querySelector("[data-thread=\"2\"]").focus()' >/dev/null
keys Enter
expect "the focus stays where one can go on" 'return document.activeElement.dataset.thread' '"1"'
expect_quiet "by fingers"

# ---- what is right ----

page=fixed.html
screen 1000 800
scheme light
visit
keys 1
expect "who comes second has to wait" "$choices" \
    '[["T1",false,"reads counter->value"],["T2",true,"waits for counter->lock"]]'
keys 2
expect "and is told so" "$message" '"T2 has to wait: another one must go first."'
keys 1 1 1 2 2 2 2
expect "cannot be broken" "$message" \
    '"Can you break it? You cannot: 3 interleavings, all right."'
picture sheet-fixed
keys r b
expect "the explorer knows no way either" "$message" \
    '"The explorer knows no order in which it goes wrong."'
expect_quiet "the end"

finish_expectations
