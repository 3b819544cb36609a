// The scenes of the program, if it has any.
#pragma once

struct scene;

// NULL behind the last one.
const struct scene *scene_at(int index);

// The index of the scene of that name, its spaces perhaps written as underscores; MAIN_SCENE if
// there is none.
int scene_named(const char *name);
