/* Lines of a script, checked before anybody looks at their words. */
#include "platform/script.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/utf8.h"

#define LOG_MODULE "replay"
#include "base/log.h"

#define LINE_BYTES 4096

struct script {
    FILE *file;
    char *name;
    int line;
    char text[LINE_BYTES];
};

enum err script_open(const char *path, struct script **out)
{
    bool from_stdin = strcmp(path, "-") == 0;
    FILE *file = from_stdin ? stdin : fopen(path, "re");
    struct script *s;

    *out = NULL;
    if (!file) {
        LOG_ERR("%s: %s", path, strerror(errno));
        return ERR_OFFLINE;
    }
    s = check_alloc(sizeof(*s));
    *s = (struct script){ .file = file,
                          .name = check_strdup(from_stdin ? "stdin" : path) };
    *out = s;
    return ERR_OK;
}

void script_close(struct script *s)
{
    if (!s)
        return;
    if (s->file != stdin)
        fclose(s->file);
    free(s->name);
    free(s);
}

char *script_next(struct script *s, const char **bad_out)
{
    *bad_out = NULL;
    while (fgets(s->text, sizeof(s->text), s->file)) {
        size_t n = strlen(s->text);
        char *line = s->text;

        s->line++;
        if (n + 1 == sizeof(s->text) && line[n - 1] != '\n') {
            *bad_out = "the line is too long";
            return NULL;
        }
        if (!utf8_valid(line, n)) {
            *bad_out = "the line is not UTF-8 text";
            return NULL;
        }
        while (n > 0 && strchr(" \t\r\n", line[n - 1]))
            line[--n] = '\0';
        line += strspn(line, " \t");
        if (*line && *line != '#')
            return line;
    }
    return NULL;
}

const char *script_name(const struct script *s)
{
    return s->name;
}

int script_line(const struct script *s)
{
    return s->line;
}
