// Draws report.html from the JSON it holds (described in harness/output/report.c). Text of students
// reaches the page only as text nodes and attributes, never as markup.
"use strict";

(() => {
    const page = JSON.parse(document.getElementById("class").textContent);
    const { head, students, assessments } = page;
    const exercises = head.exercises;
    const $ = (id) => document.getElementById(id);

    // In the order in which they are shown; each has a symbol, since colour alone tells nobody.
    const SYMBOLS = {
        "passed": "✓", "failed": "✕", "not allowed": "∅", "refused": "⊘", "ungradable": "?",
        "unusable": "!", "not started": "○", "missing": "–",
    };
    const VERDICT_SYMBOLS = { "clean": "✓", "refused": "⊘", "abstains": "–", "ungradable": "?" };
    const CONTEXT = 3; // lines shown before and after one that matters
    const LISTED = 6;  // students shown before the rest of a group is folded away
    const CASES = 3;   // likewise of what needs attention

    // ---- building ----

    // An element: attributes by name (those that are null or false are left out), then children,
    // elements or texts.
    function el(tag, attributes, ...children) {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes || {}))
            if (value !== null && value !== undefined && value !== false)
                element.setAttribute(name, value === true ? "" : value);
        const present = (child) => child !== null && child !== undefined;
        element.append(...children.flat(Infinity).filter(present));
        return element;
    }

    const unseen = (text) => el("span", { class: "unseen" }, text);
    const symbol = (text) => el("span", { class: "symbol", "aria-hidden": "true" }, text);
    const code = (text) => el("code", null, visible(text));
    // A sentence in which `this` is code.
    const prose = (text) => visible(text).split(/`([^`\n]+)`/)
        .map((part, i) => i % 2 ? el("code", null, part) : part);
    const number = (value) => String(Number(Number(value || 0).toFixed(2)));
    const counted = (count, one, many) => `${count} ${count === 1 ? one : many || one + "s"}`;
    const tone = (standing) => standing.replace(" ", "-");
    const tones = (verdict) => verdict === "clean" ? "passed"
        : verdict === "abstains" ? "missing"
        : verdict === "refused" || verdict === "ungradable" ? verdict : "failed";

    // What would change how other text is shown or hide itself (escape sequences, overrides of the
    // writing direction, characters without width) stands there by its number.
    const HIDDEN = new RegExp("[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c" +
        "\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]", "g");
    const named = (character) => character === "\u001b" ? "‹ESC›"
        : `‹U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}›`;
    const visible = (text) => String(text ?? "").replace(/\r\n/g, "\n").replace(HIDDEN, named);

    const student_name = (student) => visible(student.name || student.id);

    // ---- what is in the class ----

    const cells = new Map(); // "student/exercise" -> cell, with where it stands
    for (const student of students)
        student.cells.forEach((cell, column) => {
            cell.student = student;
            cell.exercise = exercises[column];
            cell.standing = head.standings[cell.standing];
            cell.assessment = assessments[cell.assessment];
            cell.address = `${student.id}/${cell.exercise.name}`;
            cells.set(cell.address, cell);
        });
    const all_cells = [...cells.values()];
    const with_standing = (standing) => all_cells.filter((cell) => cell.standing === standing);
    const link = (cell) => "#" + cell.address.split("/").map(encodeURIComponent).join("/");
    const points_of = (cell) => cell.standing === "ungradable" ? "points not known"
        : `${number(cell.points)} of ${number(cell.most)} points`;

    // ---- head ----

    function draw_head() {
        const title = visible(head.title || "Class at a glance");
        document.title = `${title} – class at a glance`;
        $("title").textContent = title;
        const safe = head.sandboxed ? "all programs ran inside the sandbox" : "WITHOUT the sandbox";
        $("facts").textContent = [counted(students.length, "student"),
            counted(exercises.length, "exercise"), `graded ${head.date}`, safe].join(" · ");
        if (!head.sandboxed)
            $("warning").append(el("p", { class: "notice", role: "note" },
                el("strong", null, "Judged without the sandbox (--unsafe). "),
                "The students’ programs ran with your rights: they could have read or changed " +
                "your files and this gradebook, and used the network."));
    }

    // A box with a list of which the end may be folded away.
    function attention_box(title, text, command, items) {
        const rest = items.slice(CASES);
        return el("div", { class: "case" }, el("h3", null, title), el("p", null, text),
            command ? el("code", { class: "command" }, visible(command)) : null,
            el("ul", null, items.slice(0, CASES)),
            rest.length ? el("details", null,
                el("summary", null, `${rest.length} more`), el("ul", null, rest)) : null);
    }

    const cell_link = (cell) => el("a", { href: link(cell), "data-cell": cell.address },
        el("bdi", null, student_name(cell.student)), " · ", visible(cell.exercise.name));

    function draw_ungradable(ungradable) {
        const commands = new Set(ungradable.map((cell) => cell.repeat));
        const common = commands.size === 1 ? [...commands][0] : null;
        return attention_box(
            `? ${counted(ungradable.length, "answer")} could not be judged`,
            "A tool failed, or too few judges can follow the program: no points are known, and " +
            "none are taken away. " +
            "To try again" + (common ? ":" : ", run the command beside each."),
            common,
            ungradable.map((cell) => el("li", null, cell_link(cell),
                el("p", null, visible(cell.message || first_reason(cell))),
                common || !cell.repeat ? null
                    : el("code", { class: "command" }, visible(cell.repeat)))));
    }

    const judgements_of = (cell) => cell.assessment ? cell.assessment.judgements || [] : [];

    function first_reason(cell) {
        const said = (verdict) => judgements_of(cell).find((one) => one.verdict === verdict);
        const failed = said("ungradable") || said("abstains");
        return failed ? `${failed.detector}: ${failed.reason}` : "";
    }

    function draw_refused(refused) {
        return attention_box(
            `⊘ ${counted(refused.length, "answer")} refused`,
            "They work against the judges: never run, 0 points. Look at each before you speak of " +
            "cheating. What is merely not allowed is not among them.", null,
            refused.map((cell) => {
                const why = cell.assessment && cell.assessment.refused;
                const where = why ? why.file + (why.line ? ":" + why.line : "") : "";
                return el("li", null, cell_link(cell), where ? [", ", code(where)] : null,
                    el("p", null, prose(why ? why.reason : cell.message)));
            }));
    }

    function draw_attention() {
        const boxes = [];
        const unread = students.filter((student) => student.message);
        const ungradable = with_standing("ungradable"), refused = with_standing("refused");
        if (ungradable.length)
            boxes.push(draw_ungradable(ungradable));
        if (refused.length)
            boxes.push(draw_refused(refused));
        if (unread.length)
            boxes.push(attention_box(`! ${counted(unread.length, "submission")} cannot be read`,
                "Each student is told why in the feedback.", null,
                unread.map((student) => el("li", null, el("bdi", null, student_name(student)),
                    el("p", null, visible(student.message))))));
        $("cases").append(...boxes);
        $("attention").hidden = $("to-attention").hidden = boxes.length === 0;
    }

    // ---- the grid ----

    const chosen = new Set(); // standings that are filtered by
    const rows = [];          // { student, row, buttons }, in the order of the JSON
    let shown = [];           // those visible, in the order of the page
    let current = null;       // the one button that the Tab key reaches

    function draw_standings() {
        for (const standing of Object.keys(SYMBOLS)) {
            const count = with_standing(standing).length;
            const chip = el("button", { type: "button", class: `chip ${tone(standing)}`,
                "aria-pressed": "false", "data-standing": standing },
                symbol(SYMBOLS[standing]), el("span", null, standing),
                el("span", { class: "count" }, count));
            chip.addEventListener("click", () => {
                if (!chosen.delete(standing))
                    chosen.add(standing);
                chip.setAttribute("aria-pressed", String(chosen.has(standing)));
                show_rows();
            });
            $("standings").append(chip);
        }
    }

    const starts_chapter = (column) =>
        column === 0 || exercises[column].chapter !== exercises[column - 1].chapter;
    const chapter_name = (chapter) => visible(chapter).replaceAll("-", " ");

    function draw_grid_head() {
        const chapters = el("tr", null,
            el("td", { class: "corner" }, unseen("Chapter")));
        const names = el("tr", null,
            el("th", { class: "corner", scope: "col", id: "by-name" }, "Student"));
        exercises.forEach((exercise, column) => {
            const first = starts_chapter(column);
            const chapter = chapter_name(exercise.chapter);
            const next = exercises.findIndex((other, i) => i > column && starts_chapter(i));
            const span = (next < 0 ? exercises.length : next) - column;
            if (first)
                chapters.append(el("th", { scope: "colgroup", colspan: span,
                    class: "first-of-chapter", title: chapter },
                    span > 1 ? chapter : [symbol(chapter.split(" ")[0]), unseen(chapter)]));
            names.append(el("th", { scope: "col", class: first ? "first-of-chapter" : null,
                title: visible(exercise.title) },
                el("span", { class: "upright" }, visible(exercise.name))));
        });
        chapters.append(el("td"));
        names.append(el("th", { scope: "col", class: "total", id: "by-total" }, "Total"));
        $("grid").tHead.append(chapters, names);
    }

    function draw_cell(cell) {
        const button = el("button", { type: "button", class: `cell ${tone(cell.standing)}`,
            tabindex: "-1", "data-cell": cell.address,
            "aria-label": `${student_name(cell.student)}, ${visible(cell.exercise.name)}: ` +
                `${cell.standing}, ${points_of(cell)}` },
            symbol(SYMBOLS[cell.standing]),
            el("span", { class: "points", "aria-hidden": "true" },
                cell.standing === "ungradable" ? "n/a" : number(cell.points)));
        cell.button = button;
        return button;
    }

    function draw_row(student) {
        const name = student_name(student);
        const row = el("tr", null, el("th", { scope: "row" },
            el("bdi", { title: name }, name),
            student.id === name ? null : el("span", { class: "id" }, visible(student.id)),
            student.late ? el("span", { class: "late" }, visible(student.late)) : null));
        const buttons = student.cells.map(draw_cell);
        buttons.forEach((button, column) => row.append(
            el("td", { class: starts_chapter(column) ? "first-of-chapter" : null }, button)));
        const open = student.cells.filter((cell) => cell.standing === "ungradable").length;
        row.append(el("td", { class: "total" }, number(student.points),
            el("span", { class: "of" }, ` of ${number(student.most)}`),
            open ? el("span", { class: "late" }, `${open} not known`) : null));
        rows.push({ student, row, buttons });
    }

    function draw_grid_foot() {
        const row = el("tr", null, el("th", { scope: "row" }, "Passed",
            el("span", { class: "id" }, ` of ${students.length}`)));
        exercises.forEach((exercise, column) => {
            const passed = students.filter((s) => s.cells[column].standing === "passed").length;
            row.append(el("td", { class: starts_chapter(column) ? "first-of-chapter" : null },
                passed, unseen(` of ${students.length} passed ${visible(exercise.name)}`)));
        });
        row.append(el("td", { class: "total" }));
        $("grid").tFoot.append(row);
    }

    const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
    const ORDERS = {
        name: (a, b) => collator.compare(student_name(a), student_name(b)),
        id: (a, b) => collator.compare(a.id, b.id),
        most: (a, b) => b.points - a.points,
        least: (a, b) => a.points - b.points,
    };

    function is_wanted(student, words) {
        const text = `${student_name(student)} ${student.id}`.toLocaleLowerCase();
        return words.every((word) => text.includes(word)) &&
            (chosen.size === 0 || student.cells.some((cell) => chosen.has(cell.standing)));
    }

    // Sorts and filters the rows as the tools above them say.
    function show_rows() {
        const words = $("search").value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
        const order = $("sort").value;
        const sorted = [...rows].sort((a, b) => ORDERS[order](a.student, b.student) ||
            ORDERS.name(a.student, b.student) || ORDERS.id(a.student, b.student));
        for (const one of sorted)
            one.row.hidden = !is_wanted(one.student, words);
        $("grid").tBodies[0].append(...sorted.map((one) => one.row));
        shown = sorted.filter((one) => !one.row.hidden);
        for (const cell of all_cells)
            cell.button.classList.toggle("chosen", chosen.has(cell.standing));
        $("grid").classList.toggle("filtered", chosen.size > 0);
        $("by-name").setAttribute("aria-sort", order === "name" ? "ascending" : "none");
        $("by-total").setAttribute("aria-sort",
            order === "most" ? "descending" : order === "least" ? "ascending" : "none");
        $("shown").textContent = shown.length === rows.length
            ? `All ${counted(rows.length, "student")} shown`
            : `${shown.length} of ${counted(rows.length, "student")} shown`;
        if (shown.length && !shown.some((one) => one.buttons.includes(current)))
            make_current(shown[0].buttons[0]);
    }

    // Of all cells only one is reached by the Tab key; the arrow keys do the rest.
    function make_current(button) {
        if (current)
            current.tabIndex = -1;
        current = button;
        if (current)
            current.tabIndex = 0;
    }

    const between = (low, value, high) => Math.max(low, Math.min(value, high));

    function move(event) {
        const at = event.target.closest(".cell");
        const y = shown.findIndex((one) => one.buttons.includes(at));
        if (y < 0 || event.altKey || event.metaKey)
            return;
        const x = shown[y].buttons.indexOf(at), last = exercises.length - 1, end = shown.length - 1;
        const steps = {
            ArrowLeft: [x - 1, y], ArrowRight: [x + 1, y],
            ArrowUp: [x, y - 1], ArrowDown: [x, y + 1],
            Home: [0, event.ctrlKey ? 0 : y], End: [last, event.ctrlKey ? end : y],
            PageUp: [x, y - 10], PageDown: [x, y + 10],
        };
        const to = steps[event.key];
        if (!to)
            return;
        event.preventDefault();
        const button = shown[between(0, to[1], end)].buttons[between(0, to[0], last)];
        make_current(button);
        button.focus();
    }

    function tell_where(event) {
        const at = event.target.closest(".cell");
        if (at)
            $("here").textContent = at.getAttribute("aria-label");
    }

    function draw_grid() {
        draw_standings();
        draw_grid_head();
        students.forEach(draw_row);
        draw_grid_foot();
        show_rows();
        const grid = $("grid");
        grid.addEventListener("keydown", move);
        grid.addEventListener("focusin", (event) => {
            if (event.target.matches(".cell"))
                make_current(event.target);
            tell_where(event);
        });
        grid.addEventListener("mouseover", tell_where);
        $("search").addEventListener("input", show_rows);
        $("sort").addEventListener("change", show_rows);
    }

    // ---- source ----

    const WORDS = "alignas alignof auto bool break case char const constexpr continue default " +
        "do double else enum extern false float for goto if inline int long register " +
        "restrict return short signed sizeof static struct switch true typedef typeof " +
        "union unsigned void volatile while _Alignas _Alignof _Atomic _Bool _Generic " +
        "_Noreturn _Static_assert _Thread_local NULL";
    const KEYWORDS = new Set(WORDS.split(" "));
    const TOKENS = // comments, strings and characters, words, anything else
        /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|\w+|[^]/g;

    // The class of each character of a C text: "comment", "word" (a keyword) or nothing.
    function kinds_of(text) {
        const kinds = [];
        for (const [token] of text.matchAll(TOKENS)) {
            const kind = /^\/[/*]/.test(token) ? "comment" : KEYWORDS.has(token) ? "word" : "";
            for (let i = 0; i < token.length; i++)
                kinds.push(kind);
        }
        return kinds;
    }

    // The lines of a file as handed in: each a list of [character, kind].
    const sources = new Map();
    function lines_of(file) {
        if (sources.has(file))
            return sources.get(file);
        const text = (file.text || "").replace(/\r\n/g, "\n"), kinds = kinds_of(text);
        const lines = [[]];
        for (let i = 0; i < text.length; i++)
            if (text[i] === "\n")
                lines.push([]);
            else
                lines[lines.length - 1].push([text[i], kinds[i]]);
        if (lines.length > 1 && lines[lines.length - 1].length === 0)
            lines.pop();
        sources.set(file, lines);
        return lines;
    }

    // The text of a line; the word at `column` (counted from 1) is marked.
    function draw_text(line, column) {
        const parts = [];
        let run = null;
        const text = line.map(([character]) => character).join("");
        const from = column > 0 ? column - 1 : -1;
        const found = from < 0 ? null : /^(?:\w+|[^\w\s]+|\s)/.exec(text.slice(from));
        const to = found ? from + found[0].length : from;
        line.forEach(([character, kind], at) => {
            const marked = at >= from && at < to;
            const hidden = character.search(HIDDEN) === 0;
            if (!run || run.kind !== kind || run.marked !== marked || run.hidden || hidden)
                parts.push(run = { kind, marked, hidden, text: "" });
            run.text += hidden ? named(character) : character;
        });
        return parts.map((part) => part.hidden ? el("span", { class: "control" }, part.text)
            : part.marked ? el("mark", null, part.text)
            : part.kind ? el("span", { class: part.kind }, part.text) : part.text);
    }

    function draw_line(lines, number, hit, column) {
        const line = lines[number - 1];
        return el("span", { class: hit ? "line hit" : "line" },
            el("span", { class: "number", "aria-hidden": "true" },
                line ? (hit ? "▸ " : "") + number : ""),
            hit ? unseen(`line ${number}, here: `) : null,
            line ? draw_text(line, hit ? column : 0) : "", "\n");
    }

    // Numbered lines, of which one may be the one that matters. Can be scrolled by the keyboard.
    function draw_lines(file, from, to, hit, column, label) {
        const lines = lines_of(file), drawn = [];
        for (let number = from; number <= to; number++)
            drawn.push(draw_line(lines, number, number === hit, column));
        return el("pre", { class: "code", tabindex: "0", role: "group", "aria-label": label },
            el("code", null, drawn));
    }

    // The handed-in file that a course-relative path ends in; nothing for the driver's files.
    function file_at(cell, path) {
        const files = cell.assessment && cell.assessment.files || [];
        return path ? files.find((file) => path === `${cell.exercise.folder}/${file.name}`) ||
            files.find((file) => path === file.name || path.endsWith("/" + file.name)) : undefined;
    }

    const file_name = (path) => visible(path).split("/").pop();

    // Where something happened, with the lines around it. `even`: as many lines above as below, so
    // that two excerpts side by side have their lines at the same height.
    function draw_place(cell, place, around = CONTEXT, even = false) {
        if (!place || !place.file)
            return el("p", { class: "excerpt step" }, place && place.function
                ? ["in ", code(place.function), ", outside the program’s own files"]
                : "the place is not known");
        const file = file_at(cell, place.file);
        const where = `${file_name(place.file)}:${place.line}`;
        const caption = el("figcaption", null,
            place.function ? [code(place.function), " · "] : null, visible(where),
            file ? null : " (not part of what was handed in)");
        if (!file || !place.line || place.line > lines_of(file).length)
            return el("figure", { class: "excerpt" }, caption);
        const count = lines_of(file).length;
        const from = even ? place.line - around : Math.max(1, place.line - around);
        const to = even ? place.line + around : Math.min(count, place.line + around);
        return el("figure", { class: "excerpt" }, around ? caption : null,
            draw_lines(file, from, to, place.line, place.column, visible(where)));
    }

    // ---- findings ----

    const thread_name = (access) => access.thread === 0 ? "main"
        : access.thread > 0 ? `T${access.thread}` : "A thread";

    function deed(access, kind, index) {
        if (kind === "use after free" && index > 0)
            return "frees the memory";
        const size = access.size ? ` ${counted(access.size, "byte")}` : "";
        return `${access.access === "write" ? "writes" : "reads"}${size}` +
            (access.atomic ? ", atomically" : "");
    }

    function locks_held(access) {
        if (!access.locks)
            return ["locks held: this detector does not tell"];
        if (access.locks.length === 0)
            return ["holding no lock"];
        return ["holding ", access.locks.map((lock, i) => [i > 0 ? ", " : "", code(lock)])];
    }

    function draw_arrow() {
        const space = "http://www.w3.org/2000/svg";
        const svg = document.createElementNS(space, "svg");
        const paths = [["M2 10H32M2 10l6 -5M2 10l6 5M98 10H68M98 10l-6 -5M98 10l-6 5", ""],
            ["M36 10H64", "gap"], ["M44 4l12 12M56 4l-12 12", ""]];
        svg.setAttribute("viewBox", "0 0 100 20");
        svg.setAttribute("aria-hidden", "true");
        for (const [shape, name] of paths) {
            const path = document.createElementNS(space, "path");
            path.setAttribute("d", shape);
            path.setAttribute("class", name);
            svg.append(path);
        }
        return svg;
    }

    function draw_thread(index, title, notes, body) {
        return el("section", { class: `thread ${index === 0 ? "one" : "other"}` },
            el("header", null, el("h3", null, title), notes.map((note) =>
                el("p", { class: note.class }, note.text))),
            el("div", { class: "steps" }, body));
    }

    function side_by_side(columns, words) {
        const mark = el("div", { class: "between" }, draw_arrow(), el("strong", null, words));
        return el("div", { class: columns.length > 2 ? "threads many" : "threads" },
            columns[0], mark, columns.slice(1));
    }

    function draw_accesses(cell, finding) {
        const columns = finding.accesses.slice(0, 2).map((access, index) => draw_thread(index,
            `${"AB"[index]} · ${thread_name(access)}`,
            [{ text: deed(access, finding.kind, index) },
                { class: "locks", text: locks_held(access) }],
            draw_place(cell, access, CONTEXT, true)));
        return columns.length < 2 ? el("div", { class: "alone" }, columns)
            : side_by_side(columns, finding.kind === "use after free"
                ? "used after it was freed" : "no happens‑before");
    }

    const step = (text, place) => el("div", { class: "step" }, el("p", null, text), place);

    // A cycle of locks: of each where it was taken, if the tool tells, and where its holder wanted
    // the next one.
    function draw_cycle(cell, finding) {
        const cycle = finding.cycle, next = (i) => cycle[(i + 1) % cycle.length].lock;
        const columns = cycle.map((lock, i) => [
            lock.file ? step(["takes ", code(lock.lock)], draw_place(cell, lock, 2))
                : step(["holds ", code(lock.lock)], null),
            step([lock.file ? "then wants " : "wants ", code(next(i))],
                draw_place(cell, lock.wants, 2))]);
        const orders = ["one", columns.length > 2 ? "another" : "the opposite"];
        const threads = columns.map((body, i) =>
            draw_thread(i, `${String.fromCharCode(65 + i)} · ${orders[i] || "another"} order`, [],
                body));
        return side_by_side(threads, "each waits for the other: deadlock");
    }

    // The story of a finding, drawn when the page was written.
    function draw_story(finding) {
        const template = Number.isInteger(finding.drawing) ? $(`drawing-${finding.drawing}`) : null;
        return template ? document.importNode(template.content, true) : null;
    }

    function draw_finding(cell, finding) {
        const parts = [];
        if (finding.what && finding.what !== finding.kind)
            parts.push(el("p", { class: "what" }, visible(finding.what)));
        if (finding.cycle && finding.cycle.length > 1)
            parts.push(draw_cycle(cell, finding));
        else if (finding.accesses && finding.accesses.length)
            parts.push(draw_accesses(cell, finding));
        else
            parts.push(el("div", { class: "alone" }, draw_place(cell, finding.place)));
        return el("div", { class: "finding" }, parts, draw_story(finding));
    }

    function finding_title(finding) {
        const deeds = (finding.accesses || []).map((access, i) =>
            `${access.function || "?"} ${deed(access, finding.kind, i).split(" ")[0]}`);
        return visible(finding.kind + (finding.variable ? ` on ${finding.variable}` : "") +
            (deeds.length ? `: ${deeds.join(", ")}` : ""));
    }

    function draw_findings(cell, judgement) {
        const [first, ...others] = judgement.findings || [];
        if (!first)
            return null;
        const folded = others.map((finding) => el("details", { class: "more" },
            el("summary", null, `Also: ${finding_title(finding)}`),
            draw_finding(cell, finding)));
        return [draw_finding(cell, first), folded, judgement.more
            ? el("p", { class: "what more" }, `${counted(judgement.more, "further report")}, ` +
                "mostly of the same places, left out here.") : null];
    }

    // ---- the sheet of one cell ----

    const fold = (title, text) => text ? el("details", null, el("summary", null, title),
        el("pre", { tabindex: "0", role: "group", "aria-label": title }, visible(text))) : null;

    function draw_judgement(cell, judgement) {
        const seconds = judgement.seconds
            ? el("span", { class: "seconds" }, ` ${number(judgement.seconds)} s`) : null;
        return [el("p", { class: "reason" }, prose(judgement.reason || judgement.verdict), seconds),
            draw_findings(cell, judgement),
            el("div", { class: "papers" },
                fold("The whole story, as the student reads it", judgement.story),
                fold("What the program printed", judgement.output))];
    }

    // Tabs: the arrow keys move between them, and what is moved to is shown.
    function draw_tabs(cell, judgements) {
        const tabs = [], panels = [];
        const select = (index) => tabs.forEach((tab, i) => {
            tab.setAttribute("aria-selected", String(i === index));
            tab.tabIndex = i === index ? 0 : -1;
            panels[i].hidden = i !== index;
        });
        judgements.forEach((judgement, i) => {
            tabs.push(el("button", { type: "button", role: "tab", id: `tab-${i}`,
                "aria-controls": `panel-${i}` }, visible(judgement.detector),
                el("span", { class: "verdict" },
                    symbol((VERDICT_SYMBOLS[judgement.verdict] || "✕") + " "), judgement.verdict)));
            panels.push(el("div", { role: "tabpanel", id: `panel-${i}`,
                "aria-labelledby": `tab-${i}` }, draw_judgement(cell, judgement)));
            tabs[i].addEventListener("click", () => select(i));
        });
        const list = el("div", { role: "tablist", "aria-label": "Judges" }, tabs);
        list.addEventListener("keydown", (event) => {
            const at = tabs.indexOf(event.target), last = tabs.length - 1;
            const to = { ArrowLeft: at > 0 ? at - 1 : last, ArrowRight: at < last ? at + 1 : 0,
                Home: 0, End: last }[event.key];
            if (at < 0 || to === undefined)
                return;
            event.preventDefault();
            select(to);
            tabs[to].focus();
        });
        const telling = judgements.findIndex((one) => one.findings && one.findings.length);
        const unclean = judgements.findIndex((one) =>
            one.verdict !== "clean" && one.verdict !== "abstains");
        select(telling >= 0 ? telling : Math.max(0, unclean));
        return [list, panels];
    }

    function draw_refusal(cell) {
        const why = cell.assessment && cell.assessment.refused;
        return why ? el("div", { class: "finding" },
            el("p", { class: "reason" }, prose(why.reason)),
            el("div", { class: "alone" }, draw_place(cell, why))) : null;
    }

    function draw_handed_in(cell) {
        const files = cell.assessment && cell.assessment.files || [];
        return files.length ? el("div", { class: "papers" }, files.map((file) => {
            const title = `${visible(file.name)}, as handed in`;
            const details = el("details", null, el("summary", null, title));
            details.addEventListener("toggle", () => {
                if (details.open && !details.querySelector("pre"))
                    details.append(draw_lines(file, 1, lines_of(file).length, 0, 0, title));
            });
            return details;
        })) : null;
    }

    // The cell above or below in the grid as it is sorted and filtered now.
    function neighbour(cell, step) {
        const at = shown.findIndex((one) => one.student === cell.student);
        const other = at < 0 ? undefined : shown[at + step];
        return other && other.student.cells[exercises.indexOf(cell.exercise)];
    }

    function draw_buttons(cell) {
        const button = (id, sign, words, act) => {
            const drawn = el("button", { type: "button", id, disabled: !act, "aria-label": words },
                sign);
            if (act)
                drawn.addEventListener("click", act);
            return drawn;
        };
        const turn = (id, sign, words, step) => {
            const other = neighbour(cell, step);
            return button(id, sign, words, other && (() => {
                history.replaceState(history.state, "", link(other));
                route();
                const same = $(id);
                (same && !same.disabled ? same : $("close")).focus();
            }));
        };
        return el("div", { class: "buttons" },
            turn("previous", "↑", "Previous student", -1), turn("next", "↓", "Next student", 1),
            button("close", el("span", null, "✕"), "Close", close));
    }

    // Whether what there is to say to the student stands on the sheet anyway.
    const is_told = (cell) => [...judgements_of(cell), cell.assessment && cell.assessment.refused]
        .some((one) => one && one.reason === cell.message);

    function draw_sheet(cell) {
        const { student, exercise } = cell, judgements = judgements_of(cell);
        return el("div", { class: "sheet" },
            el("div", { class: "sheet-head" }, el("div", null,
                el("h2", { id: "finding-title" }, el("bdi", null, student_name(student)),
                    unseen(": " + visible(exercise.name))),
                el("p", { class: "who" }, code(exercise.name), " · ", visible(exercise.title))),
                draw_buttons(cell)),
            el("p", { class: "outcome" },
                el("span", { class: `chip ${tone(cell.standing)}` }, symbol(SYMBOLS[cell.standing]),
                    el("span", null, cell.standing)),
                el("span", null, points_of(cell)),
                student.late ? el("span", { class: "late" }, visible(student.late)) : null),
            [student.message, is_told(cell) ? null : cell.message].filter(Boolean).map((text) =>
                el("p", { class: "message" }, prose(text))),
            cell.remark ? el("p", { class: "message remark" }, prose(cell.remark)) : null,
            cell.repeat ? el("p", { class: "message" }, "To judge it again: ",
                el("code", { class: "command" }, visible(cell.repeat))) : null,
            draw_refusal(cell),
            judgements.length ? draw_tabs(cell, judgements) : null,
            draw_handed_in(cell));
    }

    // ---- which cell is open: what the address says ----

    let open_cell = null;
    const dialog = $("finding");

    function addressed() {
        try {
            return cells.get(decodeURIComponent(location.hash.slice(1)));
        } catch {
            return undefined; // not a fragment of ours
        }
    }

    function route() {
        const cell = addressed();
        if (cell === open_cell || (!cell && !open_cell))
            return;
        const last = open_cell;
        open_cell = cell || null;
        if (cell) {
            dialog.replaceChildren(draw_sheet(cell));
            dialog.scrollTop = 0;
            if (!dialog.open)
                dialog.showModal();
            (dialog.querySelector("[role=tab][aria-selected=true]") || $("close")).focus();
            return;
        }
        dialog.close();
        dialog.replaceChildren();
        return_focus(last);
    }

    // To the link it was opened from, or else to its cell in the grid.
    let opener = null;
    function return_focus(cell) {
        const from = opener && opener.isConnected && opener.dataset.cell === cell.address
            ? opener : cell.button;
        opener = null;
        if (cell.button.closest("tr").hidden && from === cell.button)
            return;
        from.focus();
    }

    function open(cell, from) {
        opener = from;
        history.pushState({ opened: true }, "", link(cell));
        route();
    }

    // Goes back where the page itself came from, so that the back button does not open it again.
    function close() {
        if (history.state && history.state.opened)
            history.back();
        else {
            history.replaceState(null, "", location.pathname + location.search);
            route();
        }
    }

    function watch_address() {
        window.addEventListener("popstate", route);
        window.addEventListener("hashchange", route);
        document.addEventListener("click", (event) => {
            const from = event.target.closest("[data-cell]");
            if (!from || event.ctrlKey || event.metaKey || event.shiftKey || event.button)
                return;
            event.preventDefault();
            open(cells.get(from.dataset.cell), from);
        });
        dialog.addEventListener("cancel", (event) => {
            event.preventDefault();
            close();
        });
        dialog.addEventListener("click", (event) => {
            if (event.target === dialog) // beside the sheet
                close();
        });
        route();
    }

    // ---- common wrong fixes ----

    // The wrong answers to one exercise, in groups of the same signature, largest first.
    function groups_of(column) {
        const groups = new Map();
        for (const student of students) {
            const cell = student.cells[column], assessment = cell.assessment;
            if (!assessment || !["failed", "not allowed", "refused"].includes(cell.standing))
                continue;
            const signature = assessment.signature.join("\n");
            if (!groups.has(signature))
                groups.set(signature, []);
            groups.get(signature).push(cell);
        }
        return [...groups.values()].sort((a, b) => b.length - a.length);
    }

    // Of a refusal the example's own words: the signature has left out the names.
    function draw_signature(line, example) {
        const parts = /^([^:]*): ([^:]*)(.*)$/s.exec(line);
        const [, judge, verdict, rest] = parts || [null, "", line, ""];
        const refused = judge === "refused" && example.assessment.refused;
        return el("li", { class: tones(refused ? "refused" : verdict) },
            symbol(refused ? "⊘" : VERDICT_SYMBOLS[verdict] || "✕"),
            el("span", { class: "judge" }, visible(judge) + ": "),
            refused ? prose(refused.reason) : visible(rest ? rest.replace(/^: /, "") : verdict));
    }

    // The lines that the first finding of an example speaks of.
    function draw_example_lines(cell) {
        const finding = judgements_of(cell).flatMap((one) => one.findings || [])[0];
        const why = cell.assessment.refused;
        const places = why ? [why] : !finding ? []
            : finding.accesses && finding.accesses.length ? finding.accesses
            : finding.cycle && finding.cycle.length
                ? finding.cycle.flatMap((lock) => [lock, lock.wants]) : [finding.place];
        const known = places.filter((place) => place && place.line && file_at(cell, place.file));
        const distinct = new Map(known.map((place) => [`${place.file}:${place.line}`, place]));
        return distinct.size ? el("div", { class: "lines-seen" },
            [...distinct.values()].map((place) => draw_place(cell, place, 0))) : null;
    }

    function draw_students(group) {
        const linked = (cell) => el("a", { href: link(cell), "data-cell": cell.address },
            el("bdi", null, student_name(cell.student)));
        const listed = (some) => some.map((cell, i) => [i > 0 ? ", " : "", linked(cell)]);
        const rest = group.slice(1 + LISTED);
        return el("div", { class: "students" },
            el("p", null, el("span", { class: "label" }, "For example "), linked(group[0]),
                group.length > 1 ? [el("span", { class: "label" }, "; also "),
                    listed(group.slice(1, 1 + LISTED))] : null),
            rest.length ? el("details", null, el("summary", null, `and ${rest.length} more`),
                listed(rest)) : null);
    }

    const draw_group = (group) => el("article", { class: "group" },
        el("p", { class: "size" }, group.length,
            el("small", null, group.length === 1 ? "student" : "students")),
        el("div", null, el("ul", { class: "signature" }, 
            group[0].assessment.signature.map((line) => draw_signature(line, group[0]))),
            draw_example_lines(group[0]), draw_students(group)));

    function draw_groups() {
        exercises.forEach((exercise, column) => {
            const groups = groups_of(column);
            const wrong = groups.reduce((sum, group) => sum + group.length, 0);
            const common = groups.filter((group) => group.length > 1);
            const single = groups.filter((group) => group.length === 1);
            if (!wrong)
                return;
            $("groups").append(el("div", { class: "group-list", "data-exercise": exercise.name },
                el("h3", null, visible(exercise.title), " ", el("span", { class: "of" },
                    `${visible(exercise.name)}, ${counted(wrong, "wrong answer")}`)),
                common.map(draw_group),
                single.length ? el("details", { class: "once" }, el("summary", null,
                    `${counted(single.length, "mistake")} made by one student only`),
                    single.map(draw_group)) : null));
        });
        if (!$("groups").firstChild)
            $("groups").append(el("p", null, "No answer was wrong."));
    }

    draw_head();
    draw_attention();
    draw_grid();
    draw_groups();
    watch_address();
})();
