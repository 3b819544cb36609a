// See session.h.

#include "session.h"

#include "base/keyboard.h"
#include "base/terminal.h"
#include "base/text.h"
#include "ending.h"
#include "scenes.h"
#include "screen.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

static const char keys_of_game[] =
    "1-9 step, . go on, u undo, r restart, b break it, s scenes, ? help, q quit";
static const char help[] =
    "You are the scheduler. A number lets that thread make one step: up to the next thing that "
    "other threads can notice. Try to find an order in which it goes wrong. 0 is the main thread, "
    "A to Z are threads 10 to 35. A dot lets the last thread go on until it ends or has to wait. u takes a step back, r begins again, b shows an order that goes "
    "wrong if the explorer finds one, s chooses another scene, q quits.";

struct session {
    const struct player *player;
    const char *replay_name;
    struct reading scenes;       // what can be played
    const struct search *chosen; // one of them
    struct screen screen;
    struct game *game;      // NULL: the scene is to be chosen yet
    struct reading *judged; // what the explorer says of the scene; NULL: it has not been asked
    char *message;
    bool terminal;
};

// ---- Messages ----

// A paragraph more for the next screen.
static void say(struct session *session, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void say(struct session *session, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = talloc_vasprintf(NULL, format, arguments), *paragraph = NULL;
    va_end(arguments);
    size_t size;
    FILE *draft = open_memstream(&paragraph, &size);
    screen_say(draft, &session->screen, text);
    fclose(draft);
    session->message =
        talloc_asprintf(session, "%s%s", session->message ? session->message : "", paragraph);
    free(paragraph);
    talloc_free(text);
}

// The explorer's own search through the scene, made once.
static const struct reading *ask_explorer(struct session *session, struct problem *problem)
{
    if (session->judged)
        return session->judged;
    if (session->terminal) {
        printf("  The explorer looks at this scene ...");
        fflush(stdout);
    }
    struct reading *judged = talloc_zero(session->game, struct reading);
    if (player_judge(session->player, judged, session->chosen->scene, judged, problem))
        session->judged = judged;
    return session->judged;
}

// On a line of its own, to be copied: it is not broken where it is too long.
static void say_schedule(struct session *session)
{
    char *command = ending_replay(session, session->replay_name, session->chosen->scene,
                                  game_position(session->game)->schedule);
    say(session, "See it again:");
    session->message = talloc_asprintf_append(session->message, "  %s\n", command);
}

// A run has gone well: can another one go wrong?
static void say_whether_breakable(struct session *session)
{
    struct problem problem;
    const struct reading *judged = ask_explorer(session, &problem);
    if (!judged) {
        say(session, "%s", problem.text);
        return;
    }
    bool more = judged->count == 0 && session->scenes.search_count > 1;
    say(session, "%s%s", ending_unbroken(session, judged),
        more ? " s shows the other scenes." : "");
}

static void say_end(struct session *session)
{
    const struct position *position = game_position(session->game);
    if (ending_is_failure(position->finding)) {
        say(session, "%s", ending_broken(session, position));
        say_schedule(session);
    } else
        say_whether_breakable(session);
}

// ---- Showing ----

static void clear(const struct session *session)
{
    if (session->terminal)
        fputs("\033[H\033[2J", stdout);
}

static void show_scenes(struct session *session)
{
    screen_say(stdout, &session->screen,
               talloc_asprintf(session, "%s: which scene?", session->screen.title));
    fputc('\n', stdout);
    for (size_t i = 0; i < session->scenes.search_count; i++) {
        const struct search *search = &session->scenes.searches[i];
        bool driver = !search->scene;
        screen_scene(stdout, &session->screen, screen_key(driver ? 0 : (int)i + 1),
                     driver ? "the driver" : search->scene,
                     driver ? "the whole program, from main on" : search->promise);
    }
    if (session->message)
        printf("\n%s", session->message);
    fputc('\n', stdout);
    screen_say(stdout, &session->screen, "Its number begins the game, q quits.");
}

static void show(struct session *session)
{
    struct screen *screen = &session->screen;
    keyboard_room(&screen->columns, &screen->rows);
    clear(session);
    screen->message = session->message;
    if (session->game)
        screen_show(stdout, screen, session->game);
    else
        show_scenes(session);
    if (!session->terminal)
        fputc('\n', stdout);
    fflush(stdout);
}

// ---- Keys ----

static bool begin(struct session *session, const struct search *chosen, struct problem *problem)
{
    session->chosen = chosen;
    session->screen.scene = chosen->scene;
    session->screen.promise = chosen->promise;
    session->judged = NULL;
    session->game = game_new(session, session->player, chosen->scene, problem);
    if (session->game && game_position(session->game)->ended) // without any choice
        say_end(session);
    return session->game != NULL;
}

static void leave_scene(struct session *session)
{
    talloc_free(session->game);
    session->game = NULL;
    session->judged = NULL;
}

static void choose_scene(struct session *session, int key)
{
    struct problem problem;
    int number = screen_number(key);
    size_t count = session->scenes.search_count;
    const struct search *chosen = NULL;
    if (number == 0 && count > 0 && !session->scenes.searches[count - 1].scene)
        chosen = &session->scenes.searches[count - 1];
    else if (number > 0 && (size_t)number <= count && session->scenes.searches[number - 1].scene)
        chosen = &session->scenes.searches[number - 1];
    if (!chosen)
        say(session, "There is no scene %c.", key);
    else if (!begin(session, chosen, &problem))
        say(session, "%s", problem.text);
}

// Goes to what the explorer has found.
static void show_failure(struct session *session)
{
    struct problem problem;
    const struct reading *judged = ask_explorer(session, &problem);
    const struct finding *failure = judged ? ending_failure_in(judged) : NULL;
    if (!judged)
        say(session, "%s", problem.text);
    else if (!failure)
        say(session, "The explorer knows no order in which it goes wrong.");
    else {
        const char *slash = strrchr(failure->story->schedule, '/');
        const char *schedule = slash ? slash + 1 : failure->story->schedule;
        if (!game_go(session->game, schedule, &problem))
            say(session, "%s", problem.text);
    }
}

// `thread` -1: the one that has made the last step goes on.
static void step(struct session *session, int thread)
{
    struct problem problem;
    struct game *game = session->game;
    bool made = thread < 0 ? game_go_on(game, &problem) : game_step(game, thread, &problem);
    if (!made)
        say(session, "%s", problem.text);
    else if (game_position(game)->race && !game_position(game)->ended)
        say(session, "So far: %s.", player_sentence(session, game_position(game)->race));
}

static void play_key(struct session *session, int key)
{
    switch (key) {
    case 'u':
        if (!game_undo(session->game))
            say(session, "This is the beginning.");
        break;
    case '.': step(session, -1); break;
    case 'r': game_restart(session->game); break;
    case 'b': show_failure(session); break;
    case 's': leave_scene(session); break;
    case '?': say(session, "%s", help); break;
    default:
        if (screen_number(key) >= 0)
            step(session, screen_number(key));
        else
            say(session, "That key means nothing here. ? tells which do.");
    }
    if (session->game && game_position(session->game)->ended)
        say_end(session);
}

static void loop(struct session *session)
{
    for (;;) {
        show(session);
        int key = keyboard_key();
        if (key == KEY_END || key == KEY_INTERRUPT || key == 'q')
            return;
        if (key == KEY_REDRAW || key == KEY_RESUMED)
            continue;
        talloc_free(session->message);
        session->message = NULL;
        if (session->game)
            play_key(session, key);
        else
            choose_scene(session, key);
    }
}

// ---- Beginning ----

// A program without scenes needs no choosing.
static bool choose_first(struct session *session, const char *scene, struct problem *problem)
{
    const struct search *chosen =
        session->scenes.search_count == 1 ? &session->scenes.searches[0] : NULL;
    if (scene && !(chosen = scene_find(&session->scenes, scene, problem)))
        return false;
    return !chosen || begin(session, chosen, problem);
}

bool session_play(const struct player *player, const struct subject *subject, const char *scene,
                  const char *replay_name, struct problem *problem)
{
    struct session *session = talloc_zero(NULL, struct session);
    session->player = player;
    session->replay_name = replay_name;
    session->screen.title =
        subject->exercise ? talloc_asprintf(session, "%s, %s", subject->name, subject->variant)
                          : subject->name;
    session->screen.root = subject->sources.root;
    session->screen.keys = keys_of_game;
    bool ready = player_list(player, session, &session->scenes, problem) &&
                 choose_first(session, scene, problem);
    if (ready) {
        session->terminal = keyboard_open();
        loop(session);
        keyboard_close();
    }
    talloc_free(session);
    return ready;
}
