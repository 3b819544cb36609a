// Plays a scene from the JSON in the page (described in harness/play/sheet.c and tree.h). Text of programs
// reaches the page only as text nodes, never as markup.
"use strict";

(() => {
    const data = JSON.parse(document.getElementById("data").textContent);
    const { nodes, rows, cut } = data.tree;
    const $ = (id) => document.getElementById(id);
    const COLOURS = 5;

    // ---- building ----

    function el(tag, attributes, ...children) {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes || {}))
            if (value !== null && value !== undefined && value !== false)
                element.setAttribute(name, value === true ? "" : value);
        const present = (child) => child !== null && child !== undefined;
        element.append(...children.flat(Infinity).filter(present));
        return element;
    }

    // What would change how other text is shown, or hide itself, stands there by its number.
    const HIDDEN = new RegExp("[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c" +
        "\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]", "g");
    const named = (character) =>
        `‹U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}›`;
    const visible = (text) => String(text ?? "").replace(HIDDEN, named);
    const counted = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

    const thread_name = (thread) => thread === 0 ? "main" : `T${thread}`;
    const colour = (thread) => `c${thread <= 0 ? 0 : 1 + (thread - 1) % (COLOURS - 1)}`;
    const key_of = (thread) => thread <= 9 ? String(thread)
        : thread <= 35 ? String.fromCharCode("A".charCodeAt(0) + thread - 10) : "";

    // ---- the game ----

    const path = [0];          // numbers of nodes, from the beginning to where we are
    const ends_seen = new Set();
    const ends = nodes.filter((node, number) => node.end && number !== data.broken).length;
    let remark = null;         // why the last key did nothing

    const here = () => nodes[path[path.length - 1]];
    const choice_of = (thread) => here().choices.find((choice) => choice.thread === thread);

    function step(thread) {
        const choice = choice_of(thread);
        if (here().end)
            remark = "The program has ended: undo a step, or start again.";
        else if (!choice)
            remark = `There is no ${thread_name(thread)} now.`;
        else if (!choice.goes)
            remark = `${thread_name(thread)} has to wait: another one must go first.`;
        else if (choice.to === null)
            remark = "There is no room on this page for what comes then. Another way is in it; or " +
                `go on in a terminal: ${data.play}`;
        else
            path.push(choice.to);
    }

    function undo() {
        if (path.length > 1)
            path.pop();
        else
            remark = "This is the beginning.";
    }

    function break_it() {
        if (data.broken === null)
            remark = "The explorer knows no order in which it goes wrong.";
        else if (path[path.length - 1] !== data.broken)
            path.push(data.broken);
    }

    // ---- drawing ----

    // The file that most rows are in: its name is left out.
    const files = rows.map((row) => row.file).filter(Boolean);
    const often = (file) => files.filter((other) => other === file).length;
    const main_file = files.reduce((best, file) => often(file) > often(best) ? file : best, files[0]);
    const place = (one) => !one.file ? ""
        : (one.file === main_file ? "" : one.file.split("/").pop() + ":") + one.line;
    const source = (one) => [el("span", { class: "number" }, visible(place(one))), " ",
        visible(one.source)];

    // "counter->value 0 -> 1", with what it is now set off.
    function effect(text) {
        const at = text.lastIndexOf(" -> ");
        return at < 0 ? visible(text) : [visible(text.slice(0, at)), " → ",
            el("strong", null, visible(text.slice(at + 4)))];
    }

    function draw_row(row, threads, last) {
        const cells = threads.map((thread) => thread !== row.thread
            ? el("td", { class: "idle" })
            : el("td", { class: `step ${colour(thread)}` },
                el("span", { class: "thread" }, thread_name(thread)), source(row)));
        return el("tr", { class: last ? "last" : null }, cells,
            el("td", { class: row.effect.includes(" -> ") ? "effect changed" : "effect" },
                effect(row.effect)));
    }

    function draw_told() {
        const told = here().rows.map((number) => rows[number]);
        const threads = [...new Set(told.map((row) => row.thread))].sort((a, b) => a - b);
        $("told").tHead.replaceChildren(el("tr", null,
            threads.map((thread) => el("th", { scope: "col", class: colour(thread) },
                thread_name(thread))), el("th", { scope: "col" }, "Shared state")));
        $("told").tBodies[0].replaceChildren(...told.map((row, i) =>
            draw_row(row, threads, i === told.length - 1)));
        $("told").hidden = told.length === 0;
        $("moves").textContent = told.length === 0
            ? "Nothing has happened yet that another thread could notice."
            : `${counted(path.length - 1, "step")} so far.`;
    }

    function draw_choice(choice) {
        const away = choice.goes && choice.to === null;
        const button = el("button", { type: "button", class: `choice ${colour(choice.thread)}`,
            disabled: !choice.goes, "data-thread": choice.thread },
            el("kbd", null, choice.goes ? key_of(choice.thread) : "–"),
            el("span", { class: "who" }, thread_name(choice.thread)),
            el("span", { class: "next" }, source(choice)),
            el("span", { class: "does" }, visible(choice.does), away ? " (not on this page)" : null));
        button.addEventListener("click", () => act(() => step(choice.thread)));
        return button;
    }

    const say = (kind, ...text) => el("p", { class: `message ${kind}` }, ...text);

    function draw_message() {
        const node = here(), said = [];
        if (node.end === "broken")
            said.push(say("broken", visible(node.message), el("br"), "See it again:",
                el("code", null, visible(data.replay + node.schedule))));
        else if (node.end)
            said.push(say("well", visible(data.well)));
        else if (node.message)
            said.push(say("", visible(node.message)));
        if (remark)
            said.push(say("", visible(remark)));
        $("message").replaceChildren(...said);
    }

    function draw_seen() {
        const all = cut === 0 ? ` of ${ends}` : "";
        const rest = cut === 0 ? "" : ` This page holds ${nodes.length} positions; there are more.`;
        $("seen").textContent = `You have seen ${ends_seen.size}${all} ` +
            `way${ends === 1 && cut === 0 ? "" : "s"} to the end.${rest}`;
    }

    function draw() {
        const node = here(), number = path[path.length - 1];
        if (node.end && number !== data.broken)
            ends_seen.add(number);
        draw_told();
        draw_message();
        draw_seen();
        $("choices").replaceChildren(...node.choices.map(draw_choice));
        $("next-title").textContent = node.end ? "The end" : "Who goes next?";
        $("undo").disabled = $("restart").disabled = path.length === 1;
    }

    // Does what was asked for, and leaves the focus where a keyboard can go on.
    function act(deed) {
        const had = document.activeElement, thread = had && had.dataset.thread;
        remark = null;
        deed();
        draw();
        if (thread === undefined)
            return;
        const same = document.querySelector(`[data-thread="${thread}"]:not(:disabled)`);
        const next = same || document.querySelector(".choice:not(:disabled)") || $("undo");
        next.focus();
    }

    const KEYS = { u: undo, b: break_it, r: () => { path.length = 1; } };

    document.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1)
            return;
        const thread = /[0-9]/.test(event.key) ? Number(event.key)
            : /[A-Z]/.test(event.key) ? event.key.charCodeAt(0) - "A".charCodeAt(0) + 10 : -1;
        if (thread >= 0)
            act(() => step(thread));
        else if (Object.hasOwn(KEYS, event.key))
            act(KEYS[event.key]);
    });
    $("undo").addEventListener("click", () => act(undo));
    $("restart").addEventListener("click", () => act(KEYS.r));
    $("break").addEventListener("click", () => act(break_it));

    const scene = visible(data.scene || "the driver");
    document.title = `${visible(data.title)}: ${scene} – can you break it?`;
    $("kicker").textContent = `Racelings · ${visible(data.title)} · ${scene}`;
    $("promise").textContent = data.promise ? `“${visible(data.promise)}”` : "";
    $("promise").hidden = !data.promise;
    $("play").textContent = visible(data.play);
    draw();
})();
