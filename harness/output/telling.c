#include "telling.h"

#include "alike.h"
#include "base/terminal.h"
#include "base/text.h"
#include "explain.h"

#include <string.h>
#include <talloc.h>

static bool same_complaint(const struct judgement *judgement, const struct judgement *earlier)
{
    return judgement->verdict == VERDICT_DOES_NOT_BUILD &&
           earlier->verdict == VERDICT_DOES_NOT_BUILD &&
           strcmp(judgement->reason, earlier->reason) == 0;
}

// Whether two texts are the same but for the numbers in them.
static bool same_but_for_numbers(const char *one, const char *other)
{
    static const char digits[] = "0123456789";
    for (;;) {
        size_t in_one = strspn(one, digits), in_other = strspn(other, digits);
        one += in_one;
        other += in_other;
        if ((in_one == 0) != (in_other == 0) || *one != *other)
            return false;
        if (*one == '\0')
            return true;
        one++;
        other++;
    }
}

// Whether both saw a wrong result, of which the program said the same, if by other numbers (each
// judge runs it for its own time), and neither has a finding.
static bool same_result(const struct judgement *judgement, const struct judgement *earlier)
{
    return judgement->verdict == VERDICT_WRONG_RESULT && earlier->verdict == VERDICT_WRONG_RESULT &&
           judgement->reading.count == 0 && earlier->reading.count == 0 && judgement->output &&
           earlier->output && judgement->output[0] &&
           same_but_for_numbers(judgement->output, earlier->output);
}

static size_t count_news(const struct reading *reading)
{
    size_t count = 0;
    for (size_t i = 0; i < reading->count; i++)
        count += is_news(reading, i);
    return count;
}

// The first finding that counts: there is one.
static const struct finding *first_finding(const struct reading *reading)
{
    const struct finding *finding = reading->findings;
    while (finding->kind == KIND_ADVICE)
        finding++;
    return finding;
}

// "ThreadSanitizer and the plain run agree: the result is wrong."
static void put_agreement(FILE *out, const struct judgement *judgement,
                          const struct judgement *earlier, const char *on_what)
{
    const char *second = judgement->detector->title;
    bool article = strncmp(second, "The ", 4) == 0;
    char *text = talloc_asprintf(NULL, "%s and %s%s agree: %s.", earlier->detector->title,
                                 article ? "t" : "", second + article, on_what);
    fprintf(out, "%s\n", text_wrap(text, text, terminal_width(), 0));
    talloc_free(text);
}

static void tell_agreement(FILE *out, const struct judgement *judgement,
                           const struct judgement *earlier)
{
    if (judgement->verdict == VERDICT_WRONG_RESULT) {
        put_agreement(out, judgement, earlier, "the result is wrong");
        if (judgement->races_excluded)
            explain_steps_apart(out);
        fputc('\n', out);
        return;
    }
    const char *variable = first_finding(&judgement->reading)->variable;
    char *one = talloc_asprintf(NULL, "the same data race%s%s", variable ? " on " : "",
                                variable ? variable : "");
    bool several = count_news(&judgement->reading) > 1;
    put_agreement(out, judgement, earlier, several ? "the same data races" : one);
    fputc('\n', out);
    talloc_free(one);
}

static void begin(struct telling *telling, const struct subject *subject)
{
    if (telling->subject != subject)
        *telling = (struct telling){.subject = subject};
}

void telling_hear(struct telling *telling, const struct judgement *judgement)
{
    begin(telling, judgement->subject);
    company_hear(&telling->company, judgement);
}

void tell_story(FILE *out, struct telling *telling, const struct judgement *judgement)
{
    begin(telling, judgement->subject);
    struct judgement in_company = *judgement;
    in_company.races_excluded |= company_excludes_races(&telling->company, judgement);
    for (size_t i = 0; i < telling->count; i++) {
        const struct judgement *earlier = telling->told[i];
        if (same_complaint(judgement, earlier))
            return;
        if (same_result(&in_company, earlier) ||
            (judgement->verdict == VERDICT_REPORTED &&
             races_are_told(&judgement->reading, &earlier->reading))) {
            tell_agreement(out, &in_company, earlier);
            return;
        }
    }
    if (telling->count == 0) {
        explain_story(out, &in_company);
    } else {
        explain_more(out, &in_company);
        fputc('\n', out);
    }
    if (telling->count < TOLD_MOST)
        telling->told[telling->count++] = judgement;
}
