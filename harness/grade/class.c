#include "class.h"

#include "kept.h"

const char *standing_name(enum standing standing)
{
    static const char *const names[STANDING_COUNT] = {
        [STANDING_MISSING] = "missing",         [STANDING_UNUSABLE] = "unusable",
        [STANDING_NOT_STARTED] = "not started", [STANDING_PASSED] = "passed",
        [STANDING_FAILED] = "failed",           [STANDING_NOT_ALLOWED] = "not allowed",
        [STANDING_REFUSED] = "refused",         [STANDING_UNGRADABLE] = "ungradable",
    };
    return names[standing];
}

json_t *class_assessment(const struct class *class, const struct cell *cell)
{
    if (cell->assessment)
        return json_incref((json_t *)cell->assessment);
    return cell->kept ? kept_load(class->out, cell->kept, NULL) : NULL;
}

void class_open(const struct class *class, struct student *student)
{
    for (size_t i = 0; i < class->exercise_count; i++)
        if (student->cells[i].kept)
            student->cells[i].assessment = class_assessment(class, &student->cells[i]);
}

void class_close(const struct class *class, struct student *student)
{
    for (size_t i = 0; i < class->exercise_count; i++)
        if (student->cells[i].kept) {
            json_decref((json_t *)student->cells[i].assessment);
            student->cells[i].assessment = NULL;
        }
}
