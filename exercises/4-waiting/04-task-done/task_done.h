// Counts tasks that are not done yet. A task may add others before it is done itself.
#pragma once

struct tasks;

// The count for `outstanding` tasks, at least one; NULL without memory. The caller frees it when
// nobody uses it any more.
struct tasks *tasks_new(int outstanding);
void tasks_free(struct tasks *tasks);

// One task more. Called by a task that is not done yet.
void tasks_add(struct tasks *tasks);

// A task is done. Called once for each. Waits for no other task.
void tasks_done(struct tasks *tasks);

// Returns when all tasks are done, and all they did is there to be seen. Any number of threads may
// call it, early or late.
void tasks_wait(struct tasks *tasks);
