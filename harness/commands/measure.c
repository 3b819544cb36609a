// racelings measure: which tool for which work, by figures of this machine.
#include "commands.h"
#include "common.h"

#include "measure/measure.h"

#include <stdio.h>

// One for each core, but two at least, or there is nothing to compare.
static int worker_count(int cores)
{
    if (cores < 2)
        return 2;
    return cores < WORKERS_MOST ? cores : WORKERS_MOST;
}

static bool measure(const struct options *options, struct problem *problem)
{
    struct measured waits[WAYS_TO_WAIT], primes[WAYS_TO_COMPUTE];
    printf("%d waits of %.1f seconds each\n\n", WAITS, WAIT_MS / 1000.0);
    fflush(stdout); // before there are processes, which would print it again
    if (!measure_waits(waits, problem))
        return false;
    measure_draw(stdout, waits, WAYS_TO_WAIT);
    printf("\nThe primes up to %d\n\n", PRIMES_TO);
    fflush(stdout);
    if (!measure_primes(primes, worker_count(options->workers), problem))
        return false;
    for (int i = 1; i < WAYS_TO_COMPUTE; i++)
        if (primes[i].result != primes[0].result)
            return problem_set(problem, "%s found %ld primes, and %s %ld: nothing is measured",
                               primes[0].way, primes[0].result, primes[i].way, primes[i].result);
    measure_draw(stdout, primes, WAYS_TO_COMPUTE);
    printf("\nEach found %ld primes. exercises/TOOLS.md tells what to make of the figures.\n",
           primes[0].result);
    return true;
}

static int run(const struct options *options)
{
    struct problem problem = {""};
    if (options->names[0]) {
        problem_set(&problem, "measure takes no name: it measures this machine");
        return usage_failure(&problem);
    }
    return measure(options, &problem) ? EXIT_AS_HOPED : tool_failure(&problem);
}

static const struct option_rule *const rules[] = {NULL};

const struct subcommand measure_command = {
    .name = "measure",
    .arguments = "",
    .summary = "threads, processes or a loop? figures",
    .help = "Waits ten times and counts primes, each in several ways: one after the other, with "
            "threads, with processes, with an event loop; and draws how long they take on this "
            "machine. exercises/TOOLS.md tells which of them to take for which work.",
    .options = rules,
    .run = run,
};
