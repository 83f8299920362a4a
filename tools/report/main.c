/* bdhvs-report: tables into files for officials, people files into rows. Bytes on stdin,
 * bytes on stdout; no file is opened. Started by the kiosk (app/helper.c). */
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/filter.h"
#include "base/hash.h"
#include "base/json.h"
#include "commands.h"

#define INPUT_MAX (32u << 20)
#define OUTPUT_MAX (64u << 20)
#define MEMORY_MB 512
#define SECONDS 110

static const struct command {
    const char *name, *help;
    enum err (*run)(const struct buf *in, struct buf *out, struct refusal *no);
} commands[] = {
    { "docx", "JSON tables into a text document", docx_write },
    { "lock", "passphrase, name, bytes (lines first) into an encrypted ZIP",
      lock_write },
    { "read", "a people file (XLSX or CSV) into JSON rows", sheet_read },
    { "unlock", "passphrase, encrypted ZIP into its bytes", lock_read },
    { "xlsx", "JSON tables into a workbook", xlsx_write },
};

static int usage(FILE *to, int code)
{
    fprintf(to, "usage: bdhvs-report COMMAND <IN >OUT\n");
    for (size_t i = 0; i < COUNT(commands); i++)
        fprintf(to, "  %-7s %s\n", commands[i].name, commands[i].help);
    return code;
}

/* The kiosk reads the word and says it in Vietnamese. */
static int refuse(const struct refusal *no, struct buf *out)
{
    const char *why = no->why ? no->why : "input";

    buf_clear(out);
    json_open(out, NULL, '{');
    json_put_text(out, "error", why);
    json_put_int(out, "row", no->row);
    json_close(out, '}');
    (void)filter_write(out);
    fprintf(stderr, "bdhvs-report: refused: %s, row %ld\n", why, no->row);
    return EX_DATAERR;
}

static int run(const struct command *cmd)
{
    struct refusal no = { 0 };
    struct buf in, out;
    enum err err;
    int code = 0;

    filter_begin(MEMORY_MB, SECONDS);
    buf_init(&in, INPUT_MAX);
    buf_init(&out, OUTPUT_MAX);
    if (!filter_read(&in)) {
        no.why = "size";
        err = ERR_REJECTED;
    } else {
        err = cmd->run(&in, &out, &no);
    }
    if (err == ERR_REJECTED) {
        code = refuse(&no, &out);
    } else if (err || !filter_write(&out)) {
        fprintf(stderr, "bdhvs-report: %s: %s\n", cmd->name,
                err ? "the result is too large" : "stdout is closed");
        code = err ? EX_SOFTWARE : EX_IOERR;
    }
    if (in.data)
        hash_wipe(in.data, in.cap);
    buf_finish(&in);
    buf_finish(&out);
    return code;
}

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], "--help"))
        return usage(stdout, 0);
    for (size_t i = 0; argc == 2 && i < COUNT(commands); i++)
        if (!strcmp(argv[1], commands[i].name))
            return run(&commands[i]);
    return usage(stderr, EX_USAGE);
}
