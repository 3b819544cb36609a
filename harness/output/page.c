// See page.h. The data of a page may be hostile. It cannot end its script element: the JSON is
// ASCII, with "<", ">" and "&" escaped. And the policy allows no script or style but those whose
// hashes it names.

#include "page.h"

#include <sha2.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// jansson makes it ASCII, and "<", ">" and "&" can only stand in its strings, where they may be
// escaped.
static int write_escaped(const char *bytes, size_t size, void *data)
{
    FILE *out = data;
    for (const char *end = bytes + size; bytes < end; bytes++) {
        bool special = *bytes == '<' || *bytes == '>' || *bytes == '&';
        if ((special ? fprintf(out, "\\u%04x", *bytes) : putc(*bytes, out)) < 0)
            return -1;
    }
    return 0;
}

void page_json(FILE *out, json_t *owned)
{
    json_dump_callback(owned, write_escaped, out,
                       JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(9));
    json_decref(owned);
}

// "sha256-...", as a policy names what is between the tags of a style or script element: these
// texts.
static void write_hash(FILE *out, const char *const *texts)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint8_t hash[SHA256_DIGEST_LENGTH + 1] = {0}; // a multiple of three bytes
    SHA2_CTX state;
    SHA256Init(&state);
    for (; *texts; texts++)
        SHA256Update(&state, (const uint8_t *)*texts, strlen(*texts));
    SHA256Final(hash, &state);
    fputs("'sha256-", out);
    for (size_t i = 0; i < sizeof hash; i += 3) {
        unsigned group = (unsigned)hash[i] << 16 | (unsigned)hash[i + 1] << 8 | hash[i + 2];
        for (int shift = 18; shift >= 0; shift -= 6)
            putc(i + 3 == sizeof hash && shift == 0 ? '=' : digits[group >> shift & 63], out);
    }
    fputs("'", out);
}

void page_policy(FILE *out, const char *const *styles, const char *script)
{
    const char *const scripts[] = {script, NULL};
    fputs("default-src 'none'; style-src ", out);
    write_hash(out, styles);
    fputs("; script-src ", out);
    write_hash(out, scripts);
    fputs("; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; "
          "trusted-types 'none'",
          out);
}

void page_fill(FILE *out, const char *template, const struct page_part *parts, size_t count,
               void *argument)
{
    for (size_t i = 0; i < count; i++) {
        const char *mark = strstr(template, parts[i].mark);
        if (!mark)
            abort(); // templates are built in: tests see this
        fwrite(template, 1, (size_t)(mark - template), out);
        parts[i].write(out, argument);
        template = mark + strlen(parts[i].mark);
    }
    fputs(template, out);
}
