// See json_writer.h.

#include "json_writer.h"

#include <inttypes.h>
#include <string.h>

// Bytes beyond ASCII are written as the code points of their numbers, as the text may be in no
// encoding; a NUL, which readers of JSON do not take, as the picture of one.
static void write_text(FILE *file, const char *text, size_t length)
{
    putc('"', file);
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte == '"' || byte == '\\')
            fprintf(file, "\\%c", byte);
        else if (byte == 0)
            fputs("\\u2400", file);
        else if (byte < ' ' || byte >= 0x7f)
            fprintf(file, "\\u%04x", byte);
        else
            putc(byte, file);
    }
    putc('"', file);
}

static void begin_value(struct json_writer *writer, const char *key)
{
    if (writer->follows)
        putc(',', writer->file);
    writer->follows = true;
    if (key == NULL)
        return;
    write_text(writer->file, key, strlen(key));
    putc(':', writer->file);
}

void json_open(struct json_writer *writer, const char *key, char bracket)
{
    begin_value(writer, key);
    putc(bracket, writer->file);
    writer->follows = false;
}

void json_close(struct json_writer *writer, char bracket)
{
    putc(bracket, writer->file);
    writer->follows = true;
}

void json_null(struct json_writer *writer, const char *key)
{
    begin_value(writer, key);
    fputs("null", writer->file);
}

void json_bool(struct json_writer *writer, const char *key, bool value)
{
    begin_value(writer, key);
    fputs(value ? "true" : "false", writer->file);
}

void json_number(struct json_writer *writer, const char *key, int64_t value)
{
    begin_value(writer, key);
    fprintf(writer->file, "%" PRId64, value);
}

void json_string(struct json_writer *writer, const char *key, const char *text)
{
    if (text == NULL)
        json_null(writer, key);
    else
        json_text(writer, key, text, strlen(text));
}

void json_text(struct json_writer *writer, const char *key, const char *text, size_t length)
{
    begin_value(writer, key);
    write_text(writer->file, text, length);
}

void json_address(struct json_writer *writer, const char *key, uint64_t address)
{
    begin_value(writer, key);
    fprintf(writer->file, "\"0x%" PRIx64 "\"", address);
}
