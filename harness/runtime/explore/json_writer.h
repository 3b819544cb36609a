// Writes JSON to a file, indented by nothing, valid as long as calls are nested properly. A key of
// NULL stands for an element of an array.
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct json_writer {
    FILE *file;
    bool follows; // something stands before in the same object or array
};

// `bracket` is '{' or '[', and of the other '}' or ']'.
void json_open(struct json_writer *writer, const char *key, char bracket);
void json_close(struct json_writer *writer, char bracket);
void json_null(struct json_writer *writer, const char *key);
void json_bool(struct json_writer *writer, const char *key, bool value);
void json_number(struct json_writer *writer, const char *key, int64_t value);
// NULL is written as null. Bytes that are no printable ASCII are escaped.
void json_string(struct json_writer *writer, const char *key, const char *text);
void json_text(struct json_writer *writer, const char *key, const char *text, size_t length);
// "0x401234"
void json_address(struct json_writer *writer, const char *key, uint64_t address);
