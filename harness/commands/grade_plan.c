#include "grade_plan.h"

#include "base/text.h"
#include "grade/estimate.h"
#include "grade/grading.h"

#include <math.h>
#include <stdio.h>

enum { MOST_MACHINES = 1024 };

// "2:07:31", "12:05" or "4.2 s".
static void duration(double seconds, char *text, size_t size)
{
    long whole = lround(seconds);
    if (seconds < 60)
        text_format(text, size, "%.1f s", seconds);
    else if (whole < 3600)
        text_format(text, size, "%ld:%02ld", whole / 60, whole % 60);
    else
        text_format(text, size, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
}

static void say_what(const struct plan *plan, const struct class *class)
{
    size_t todo = plan_todo(plan);
    printf("%zu student%s, %zu exercise%s: %zu answers to judge, %zu of them different",
           class->count, class->count == 1 ? "" : "s", class->exercise_count,
           class->exercise_count == 1 ? "" : "s", plan->cells, plan->count);
    if (todo < plan->count)
        printf(",\n%zu of these judged before", plan->count - todo);
    printf(".\n");
}

static void say_sample(const struct plan *plan, const struct estimate *estimate, double reading)
{
    printf("A sample of %zu, %d at a time: %.1f s each, give or take %.1f (%.1f to %.1f).\n"
           "Reading the submissions: %.1f s, on each machine.\n\n",
           estimate->sample, plan->grading->workers, estimate->mean, 2 * estimate->error,
           estimate->least, estimate->most, reading);
}

// One line for each number of machines, as long as more of them help.
static void say_times(const struct plan *plan, const struct estimate *estimate, double reading)
{
    char text[32];
    double one = estimate_seconds(plan, estimate, 1, reading), before = INFINITY;
    printf("machines like this        time  efficiency\n");
    for (int machines = 1; machines <= MOST_MACHINES; machines *= 2) {
        double seconds = estimate_seconds(plan, estimate, machines, reading);
        if (seconds > 0.95 * before)
            break;
        duration(seconds, text, sizeof text);
        printf("%18d %11s %10.0f%%\n", machines, text, 100 * one / (seconds * machines));
        before = seconds;
    }
    printf("\nEfficiency is lost to reading and to the largest part. Writing the gradebook comes\n"
           "at the end, on one machine (--collect).\n");
}

void grade_plan_say(const struct plan *plan, const struct class *class, double reading)
{
    struct estimate estimate;
    say_what(plan, class);
    if (plan_todo(plan) == 0) {
        printf("There is nothing left to judge.\n");
        return;
    }
    fflush(stdout); // the sample takes some seconds
    estimate_make(plan, &estimate);
    say_sample(plan, &estimate, reading);
    say_times(plan, &estimate, reading);
}
