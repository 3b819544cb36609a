// See desk.h. One thread waits for keys, saves and verdicts, whatever comes first (see `wait`).
#include "desk.h"

#include "base/interrupt.h"
#include "base/keyboard.h"
#include "base/terminal.h"
#include "base/text.h"
#include "course/pages.h"
#include "course/starts.h"
#include "output/explain.h"
#include "output/telling.h"
#include "page.h"
#include "play/session.h"
#include "record.h"
#include "view.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <talloc.h>

struct desk {
    const struct desk_wishes *wishes;
    const struct course *course;
    struct sitting *sitting;
    struct ahead *ahead; // what builds for the judges; NULL: nothing waits ahead
    struct advance advance;
    struct telling telling; // in plain lines: what has been told of the program judged
    struct view view;
    char *text;    // what was asked for, in the place of the findings; NULL: nothing
    char *notice;  // a line or two that the next key wipes out; NULL: nothing
    bool terminal; // it shows a screen; else plain lines
    bool asks;     // whether to begin the exercise anew
    bool fresh;    // the screen is as it should be
    bool left;     // the student wants to go
};

// ---- Saying things ----

static void say(struct desk *desk, const char *format, ...) __attribute__((format(printf, 2, 3)));

// A line for the student: above the bar, or in its turn among plain lines.
static void say(struct desk *desk, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = talloc_vasprintf(desk, format, arguments);
    va_end(arguments);
    if (!desk->terminal)
        printf("%s\n", text);
    talloc_free(desk->notice);
    desk->notice = text;
    desk->fresh = false;
}

// A text that was asked for: `text` is a talloc child of anything, and is taken over.
static void show_text(struct desk *desk, char *text)
{
    if (!desk->terminal)
        printf("\n%s\n", text);
    talloc_free(desk->text);
    desk->text = talloc_steal(desk, text);
    desk->view.offset = 0;
    desk->fresh = false;
}

static void leave_text(struct desk *desk)
{
    talloc_free(desk->text);
    desk->text = NULL;
    desk->view.offset = 0;
    desk->fresh = false;
}

// What the last keys have led to is of no interest any more.
static void wipe(struct desk *desk)
{
    talloc_free(desk->notice);
    desk->notice = NULL;
    desk->asks = false;
    desk->fresh = false;
}

static const char keys_line[] =
    "n next p previous h hint l list s solution v play r again x reset ? keys q quit";
static const char keys_short[] = "n p h l s v r x, ? tells of keys, q quits";

static const char keys_help[] =
    "n      the next exercise; when this one is done, the next that is not\n"
    "p      the previous exercise\n"
    "h      a hint, one more each time\n"
    "l      all exercises and how far you are\n"
    "s      the solution's text, once this exercise is done\n"
    "v      play: be the scheduler of your program\n"
    "r      judge again\n"
    "x      begin anew: your file is kept beside the starting program\n"
    "space  more of what does not fit the screen; b goes back, arrows go by a line\n"
    "Enter  back to what the judges say\n"
    "q      quit; what is done is remembered\n";

static void show_screen(struct desk *desk)
{
    if (!desk->terminal || desk->fresh)
        return;
    void *scratch = talloc_new(NULL);
    struct view *view = &desk->view;
    keyboard_room(&view->columns, &view->rows);
    size_t columns = view->columns > 0 ? (size_t)view->columns : TEXT_WIDTH;
    const char *how = desk->wishes->manual
                          ? "r judges"
                          : talloc_asprintf(scratch, "saves: %s", saves_how(desk->sitting->saves));
    char *foot = page_foot(scratch, &desk->advance, how,
                           columns >= strlen(keys_line) ? keys_line : keys_short, columns);
    if (desk->notice)
        foot = talloc_asprintf(scratch, "%s\n%s", desk->notice, foot);
    char *body = desk->text ? desk->text : page_findings(scratch, desk->sitting);
    char *screen = view_draw(scratch, view, page_head(scratch, desk->sitting, columns), body, foot);
    fputs(screen, stdout);
    fflush(stdout);
    desk->fresh = true;
    talloc_free(scratch);
}

// ---- Judging ----

static void judge_again(struct desk *desk)
{
    struct problem problem;
    const struct exercise *exercise = desk->sitting->exercise;
    desk->telling = (struct telling){0};
    desk->view.offset = 0;
    desk->fresh = false;
    if (!sitting_judge(desk->sitting, &problem))
        say(desk, "%s. Save it again, or x brings the starting program back.", problem.text);
    else if (!desk->terminal)
        printf("\nJudging %s/%s ...\n", exercise->folder, exercise->edit[0]);
}

// In plain lines, as it comes.
static void tell(struct desk *desk, const struct judgement *judgement)
{
    telling_hear(&desk->telling, judgement);
    if (judgement->verdict == VERDICT_CLEAN || judgement->verdict == VERDICT_ABSTAINS)
        explain_line(stdout, 0, judgement);
    else
        tell_story(stdout, &desk->telling, judgement);
}

static bool open_exercise(struct desk *desk, const struct exercise *exercise,
                          struct problem *problem)
{
    struct sitting *sitting = sitting_open(desk, desk->course, exercise, desk->wishes->judges,
                                           desk->wishes->poll, desk->ahead, problem);
    if (!sitting)
        return false;
    talloc_free(desk->sitting);
    desk->sitting = sitting;
    leave_text(desk);
    wipe(desk);
    if (!desk->terminal) {
        fputc('\n', stdout);
        advance_introduce(stdout, desk->course, exercise);
        if (!desk->wishes->once)
            printf("  Saves are noticed: %s\n", desk->wishes->manual
                                                    ? "an empty line (Enter) judges"
                                                    : saves_how(sitting->saves));
    }
    judge_again(desk);
    return true;
}

static void go_to(struct desk *desk, const struct exercise *exercise)
{
    struct problem problem;
    if (!open_exercise(desk, exercise, &problem))
        say(desk, "%s", problem.text);
}

// In plain lines, where abstentions decide nothing.
static void tell_open(const struct desk *desk)
{
    char *open = sitting_tell_open(NULL, desk->sitting);
    if (open)
        printf("\n%s\n", text_wrap(open, open, terminal_width(), 0));
    talloc_free(open);
}

// All judges were heard. In plain lines the next exercise opens by itself.
static void conclude(struct desk *desk)
{
    bool done = sitting_is_done(desk->sitting);
    const struct exercise *exercise = desk->sitting->exercise;
    desk->advance = advance_look(desk->course, exercise);
    if (desk->terminal)
        return;
    tell_open(desk);
    if (done)
        advance_tell(stdout, desk->course, exercise);
    if (done && !desk->wishes->once && desk->advance.next)
        go_to(desk, desk->advance.next);
}

// For the next save. Judges that are at work have them already, or can do without.
static void have_tools_wait(struct desk *desk)
{
    if (sitting_is_over(desk->sitting))
        ahead_start(desk->ahead);
}

static void hear(struct desk *desk)
{
    const struct judgement *judgement;
    while ((judgement = sitting_hear(desk->sitting)) != NULL) {
        desk->fresh = false;
        if (!desk->terminal)
            tell(desk, judgement);
        show_screen(desk); // before it is recorded, which takes as long as a disk does
        fflush(stdout);
        sitting_record(desk->sitting, judgement);
        desk->fresh = false; // the course's bar may have grown
        if (sitting_is_over(desk->sitting)) {
            conclude(desk);
            have_tools_wait(desk);
            return;
        }
    }
}

// ---- Keys ----

// The exercise `by` places behind the one on the desk, or before it; NULL: there is none.
static const struct exercise *neighbour(const struct desk *desk, int by)
{
    for (size_t i = 0; i < desk->course->count; i++)
        if (desk->course->exercises[i] == desk->sitting->exercise) {
            size_t at = i + (size_t)by;
            return at < desk->course->count ? desk->course->exercises[at] : NULL;
        }
    return NULL;
}

static void go_next(struct desk *desk)
{
    const struct exercise *next = sitting_is_done(desk->sitting) ? desk->advance.next : NULL;
    if (!next)
        next = neighbour(desk, 1);
    if (next)
        go_to(desk, next);
    else
        say(desk, "This is the last exercise.");
}

static void go_back(struct desk *desk)
{
    const struct exercise *before = neighbour(desk, -1);
    if (before)
        go_to(desk, before);
    else
        say(desk, "This is the first exercise.");
}

static void show_hint(struct desk *desk)
{
    struct problem problem;
    const struct exercise *exercise = desk->sitting->exercise;
    char *page = page_read(desk, desk->course, exercise, &problem);
    int total = page ? page_hint_count(page) : 0, shown = record_hints(desk->course, exercise);
    int number = shown < total ? shown + 1 : total;
    if (!page)
        say(desk, "%s", problem.text);
    else if (total == 0)
        say(desk, "%s has no hints.", exercise->name);
    else {
        char *hint = page_fit(page, page_hint(page, page, number), terminal_width());
        show_text(desk, talloc_asprintf(desk, "Hint %d of %d\n\n%s\n%s", number, total, hint,
                                        number == total ? "\nThat was the last of them.\n" : ""));
        record_set_hints(desk->course, exercise, number);
    }
    talloc_free(page);
}

static void show_solution(struct desk *desk)
{
    struct problem problem;
    const struct exercise *exercise = desk->sitting->exercise;
    if (record_state(desk->course, exercise) != STATE_DONE) {
        say(desk, "The solution comes when %s is done. h gives a hint.", exercise->name);
        return;
    }
    char *page = solution_read(desk, desk->course, exercise, &problem);
    if (page)
        show_text(desk, page_fit(desk, page, terminal_width()));
    else
        say(desk, "%s", problem.text);
    talloc_free(page);
}

static void play(struct desk *desk)
{
    struct problem problem = {""};
    void *context = talloc_new(NULL);
    const struct subject *subject = desk->sitting->subject;
    say(desk, "Building the program to play with ...");
    show_screen(desk);
    const struct player *player = player_open(context, subject, &problem);
    wipe(desk);
    if (desk->terminal)
        keyboard_close();
    if (!player || !session_play(player, subject, NULL, replay_name(context, subject), &problem))
        say(desk, "%s", problem.text);
    if (desk->terminal)
        keyboard_open();
    desk->fresh = false;
    talloc_free(context);
}

static void reset(struct desk *desk)
{
    struct problem problem;
    const struct exercise *exercise = desk->sitting->exercise;
    void *scratch = talloc_new(NULL);
    const char **kept = list_new(scratch);
    if (!starts_restore(desk->course, exercise, &kept, &problem))
        say(desk, "%s", problem.text);
    else {
        record_set_hints(desk->course, exercise, 0);
        leave_text(desk);
        judge_again(desk);
        if (!kept[0])
            say(desk, "It is as it was handed out.");
        for (size_t i = 0; kept[i]; i++)
            say(desk, "It is as it was handed out. Yours is kept: %s", strrchr(kept[i], '/') + 1);
    }
    desk->advance = advance_look(desk->course, exercise);
    talloc_free(scratch);
}

static void ask_for_reset(struct desk *desk)
{
    if (record_state(desk->course, desk->sitting->exercise) == STATE_NOT_STARTED) {
        say(desk, "It is as it was handed out.");
        return;
    }
    say(desk, "Begin %s anew? Your file is kept beside it. y: yes, any other key: no",
        desk->sitting->exercise->name);
    desk->asks = true;
}

// At the end of input there is nobody left to ask, but there may still be somebody who reads.
static void end_of_keys(struct desk *desk)
{
    if (desk->terminal || desk->wishes->manual)
        desk->left = true;
}

static void press(struct desk *desk, int key)
{
    switch (key) {
    case 'n': go_next(desk); break;
    case 'p': go_back(desk); break;
    case 'h': show_hint(desk); break;
    case 'l': show_text(desk, page_list(desk, desk->course)); break;
    case 's': show_solution(desk); break;
    case 'v': play(desk); break;
    case 'r': judge_again(desk); break;
    case 'x': ask_for_reset(desk); break;
    case '?': show_text(desk, talloc_strdup(desk, keys_help)); break;
    case ' ': view_page(&desk->view); break;
    case 'b': view_page_back(&desk->view); break;
    case 'q': desk->left = true; break;
    case '\r':
    case '\n':
        if (desk->wishes->manual && !desk->terminal)
            judge_again(desk);
        else
            leave_text(desk);
        break;
    default: say(desk, "That key means nothing here. ? tells which do.");
    }
}

// The keys that move in a text; they leave what it says below.
static void move(struct desk *desk, int key)
{
    switch (key) {
    case KEY_UP: view_move(&desk->view, -1); break;
    case KEY_DOWN: view_move(&desk->view, 1); break;
    case KEY_PAGE_UP: view_page_back(&desk->view); break;
    case KEY_PAGE_DOWN: view_move(&desk->view, (int)desk->view.shown); break;
    default: break;
    }
}

static void take_key(struct desk *desk, int key)
{
    bool asked = desk->asks;
    if (key == KEY_NONE)
        return;
    desk->fresh = false;
    if (key == KEY_END)
        end_of_keys(desk);
    if (key == KEY_INTERRUPT)
        desk->left = true;
    if (key < 0) {
        move(desk, key);
        return;
    }
    wipe(desk);
    if (!asked)
        press(desk, key);
    else if (key == 'y')
        reset(desk);
    else
        say(desk, "It stays as it is.");
}

// ---- The loop ----

// Waits for a key, a save, a verdict. What was stopped for a while may have run into its clock: it
// is judged again, and what its judges have come to is not heard.
static void wait(struct desk *desk)
{
    struct sitting *sitting = desk->sitting;
    const int sources[] = {desk->wishes->manual ? -1 : saves_descriptor(sitting->saves),
                           sitting->hearing ? hearing_descriptor(sitting->hearing) : -1};
    bool at_work = sitting->hearing && !sitting_is_over(sitting);
    int key = keyboard_wait(sources, 2, desk->wishes->manual ? -1 : saves_patience(sitting->saves));
    if (key == KEY_RESUMED && at_work)
        judge_again(desk);
    take_key(desk, key);
    if (desk->left)
        return;
    if (!desk->wishes->manual && sitting_is_changed(desk->sitting)) {
        leave_text(desk);
        wipe(desk);
        judge_again(desk);
    }
    hear(desk);
}

static const struct exercise *first_exercise(const struct desk *desk)
{
    if (desk->wishes->exercise)
        return desk->wishes->exercise;
    return desk->advance.next ? desk->advance.next : desk->course->exercises[0];
}

// Until all judges have spoken.
static enum desk_end judge_once(struct desk *desk)
{
    struct sitting *sitting = desk->sitting;
    bool interrupted = false;
    while (sitting->hearing && !sitting_is_over(sitting) && !interrupted) {
        struct pollfd sources[] = {{.fd = hearing_descriptor(sitting->hearing), .events = POLLIN},
                                   {.fd = interrupt_descriptor(), .events = POLLIN}};
        poll(sources, 2, -1);
        interrupted = sources[1].revents != 0;
        hear(desk);
    }
    if (sitting_is_done(sitting))
        return DESK_LEFT;
    return sitting_is_open(sitting) ? DESK_FAILED : DESK_NOT_DONE;
}

enum desk_end desk_watch(const struct desk_wishes *wishes, struct problem *problem)
{
    struct desk *desk = talloc_zero(NULL, struct desk);
    enum desk_end end = DESK_LEFT;
    desk->wishes = wishes;
    desk->course = wishes->course;
    desk->advance = advance_look(desk->course, NULL);
    if (!wishes->once)
        desk->ahead = ahead_new(desk, wishes->judges, desk->course->root);
    starts_keep(desk->course);
    desk->terminal = !wishes->once && keyboard_open();
    if (!open_exercise(desk, first_exercise(desk), problem))
        end = DESK_FAILED;
    else if (wishes->once)
        end = judge_once(desk);
    else
        while (!desk->left) {
            show_screen(desk);
            fflush(stdout);
            wait(desk);
        }
    keyboard_close();
    talloc_free(desk->sitting); // its judges may use what waits ahead
    talloc_free(desk);
    return end;
}
