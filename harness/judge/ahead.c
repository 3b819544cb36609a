// See ahead.h. A tool waits where one_start/one_start.c, which is loaded into it, reads its words.
// It is a command like any other (run/process.h): it has a keeper, holds none of our descriptors,
// and does not outlive this program.
#include "ahead.h"

#include "base/text.h"
#include "compiler.h"
#include "run/workspace.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <talloc.h>

struct tool {
    const struct recipe *recipe;
    const char *program;
    struct started *waiting; // NULL: it does not wait
};

struct ahead {
    const char *root;
    const char *preload; // the setting with which they can wait
    const char **env;    // what they are started with; they work with a command's
    struct tool *tools;
    size_t count;
    pthread_mutex_t lock; // guards who waits
};

static int end_ahead(struct ahead *ahead)
{
    for (size_t i = 0; i < ahead->count; i++)
        talloc_free(ahead->tools[i].waiting);
    pthread_mutex_destroy(&ahead->lock);
    return 0;
}

static void add_tool(struct ahead *ahead, const struct recipe *recipe, const char *program)
{
    if (!program)
        return;
    ahead->tools = talloc_realloc(ahead, ahead->tools, struct tool, (unsigned)(ahead->count + 1));
    ahead->tools[ahead->count++] = (struct tool){.recipe = recipe, .program = program};
}

// In the order in which it calls them.
static void add_tools(struct ahead *ahead, const struct recipe *recipe)
{
    const char **renaming =
        recipe->rename_own ? compiler_rename(ahead, recipe->rename_own, "") : NULL;
    add_tool(ahead, recipe, recipe->compiler);
    add_tool(ahead, recipe, renaming ? renaming[0] : NULL);
    add_tool(ahead, recipe, recipe->linker[0]);
}

struct ahead *ahead_new(const void *context, const struct detector *const *judges, const char *root)
{
    struct ahead *ahead = talloc_zero(context, struct ahead);
    ahead->preload = compiler_preload(ahead, judges[0]->recipe);
    if (!ahead->preload) {
        talloc_free(ahead);
        return NULL;
    }
    ahead->root = root;
    ahead->env = workspace_environment(ahead, "/");
    list_add(&ahead->env, ahead->preload);
    for (size_t i = 0; judges[i]; i++)
        add_tools(ahead, judges[i]->recipe);
    pthread_mutex_init(&ahead->lock, NULL);
    talloc_set_destructor(ahead, end_ahead);
    return ahead;
}

struct ahead *ahead_for(struct ahead *ahead, const struct recipe *recipe)
{
    for (size_t i = 0; ahead && i < ahead->count; i++)
        if (ahead->tools[i].recipe == recipe)
            return ahead;
    return NULL;
}

// A child of no context: it may end in another thread.
static struct started *start(const struct ahead *ahead, const char *tool)
{
    const char *const argv[] = {tool, "--wait", NULL};
    const struct command command = {.argv = argv, .env = ahead->env, .directory = ahead->root};
    return process_start(NULL, &command);
}

void ahead_start(struct ahead *ahead)
{
    if (!ahead)
        return;
    pthread_mutex_lock(&ahead->lock);
    for (size_t i = 0; i < ahead->count; i++)
        if (!ahead->tools[i].waiting)
            ahead->tools[i].waiting = start(ahead, ahead->tools[i].program);
    pthread_mutex_unlock(&ahead->lock);
}

// Without what has one_start.c loaded: that it is.
static const char *const *words_of(const struct ahead *ahead, const struct command *command)
{
    const char *const *argv = command->argv;
    bool one_start = strcmp(argv[0], "env") == 0 && argv[1] && strcmp(argv[1], ahead->preload) == 0;
    return one_start ? argv + 2 : argv;
}

// The tool, which waits no longer in `ahead`; NULL: it does not wait, or not in that folder.
static struct started *take(struct ahead *ahead, const struct recipe *recipe, const char *program,
                            const char *directory)
{
    struct started *taken = NULL;
    if (!program || !directory || strcmp(directory, ahead->root) != 0)
        return NULL;
    pthread_mutex_lock(&ahead->lock);
    for (size_t i = 0; i < ahead->count && !taken; i++) {
        struct tool *tool = &ahead->tools[i];
        if (tool->recipe == recipe && strcmp(tool->program, program) == 0) {
            taken = tool->waiting;
            tool->waiting = NULL;
        }
    }
    pthread_mutex_unlock(&ahead->lock);
    return taken;
}

static void add_word(char **text, size_t *size, const char *word)
{
    size_t more = strlen(word) + 1;
    *text = talloc_realloc(NULL, *text, char, (unsigned)(*size + more));
    memcpy(*text + *size, word, more);
    *size += more;
}

static void add_words(char **text, size_t *size, const char *const *words)
{
    for (size_t i = 0; words[i]; i++)
        add_word(text, size, words[i]);
}

// Hands in what one_start.c reads.
static bool hand_in(struct started *tool, const char *const *words, const char *const *env)
{
    char count[32], *text = NULL;
    size_t size = 0;
    text_format(count, sizeof count, "%zu", list_count(words));
    add_word(&text, &size, count);
    text_format(count, sizeof count, "%zu", list_count(env));
    add_word(&text, &size, count);
    add_words(&text, &size, words);
    add_words(&text, &size, env);
    bool handed = process_hand_in(tool, text, size);
    talloc_free(text);
    return handed;
}

// Whether it came to an end of its own: by itself, or as its time was over. Whatever else has
// befallen it may be because it waited.
static bool has_ended(const struct outcome *outcome)
{
    return outcome->ending == ENDED_EXITED ||
           (outcome->ending == ENDED_SIGNALLED && outcome->number == SIGXCPU);
}

bool ahead_run(struct ahead *ahead, const void *context, const struct recipe *recipe,
               const struct command *command, struct outcome *outcome)
{
    struct problem ignored;
    const char *const *words = words_of(ahead, command);
    struct started *tool = take(ahead, recipe, words[0], command->directory);
    bool done = tool && hand_in(tool, words, command->env) &&
                process_finish(context, tool, command, outcome, &ignored) && has_ended(outcome);
    talloc_free(tool);
    return done;
}
