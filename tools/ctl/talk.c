/* Enrolment and sending, turn by turn. */
#include "talk.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/buf.h"
#include "base/json.h"
#include "machine.h"

#define TURNS_FOR_NUMBER 300  /* half a minute: the server answers at once or not */
#define TURNS_FOR_GRANT 6000  /* ten minutes: somebody walks to the other screen */
#define TURNS_FOR_SENDING 600 /* a minute */
#define ANSWER_MAX 4096
#define ANSWER_DEPTH 3

/* Runs a command and parses its one JSON object; NULL when it failed (said on stderr). */
static json_value *ask(struct machine *m, int argc, const char *const *argv)
{
    json_value *doc = NULL;
    struct buf out;
    int code;

    buf_init(&out, ANSWER_MAX);
    code = machine_ask(m, argc, argv, &out);
    if (json_parse(buf_text(&out), out.len, ANSWER_DEPTH, &doc, NULL, 0) || code > 1) {
        fprintf(stderr, "bdhvs-ctl: %s", buf_text(&out));
        json_free(doc);
        doc = NULL;
    }
    buf_finish(&out);
    return doc;
}

/* Asks for the state of the enrolment until `step` is reached. Copies the number. */
static bool wait_for_step(struct machine *m, const char *step, int turns,
                          char number[16])
{
    static const char *const status[] = { "enrol", "--status", NULL };

    for (int i = 0; i < turns; i++) {
        json_value *doc = ask(m, 2, status);
        const char *at = doc ? json_text(json_get(doc, "step")) : NULL;
        const char *shown = doc ? json_text(json_get(doc, "number")) : NULL;
        bool reached = at && !strcmp(at, step);
        bool failed = !at || !strcmp(at, "failed") || !strcmp(at, "none");

        if (shown)
            (void)snprintf(number, 16, "%s", shown);
        json_free(doc);
        if (reached)
            return true;
        if (failed)
            break;
        machine_wait(m);
    }
    return false;
}

int talk_enrol(struct machine *m, int argc, const char *const *argv)
{
    const char *confirm[] = { "enrol", "--confirm", NULL, NULL };
    char number[16] = "";
    json_value *doc;

    if (argc != 3 && !(argc == 5 && !strcmp(argv[3], "--confirm"))) {
        fputs("bdhvs-ctl: usage: enrol URL CODE [--confirm NUMBER]\n", stderr);
        return EX_USAGE;
    }
    doc = ask(m, 3, argv);
    json_free(doc);
    if (!doc)
        return 1;
    if (!wait_for_step(m, "number", TURNS_FOR_NUMBER, number)) {
        fputs("bdhvs-ctl: enrol: the server did not take the code: check address and "
              "code, make a new one with bdhvs-server enrol-code\n",
              stderr);
        return 1;
    }
    if (argc == 3) {
        printf("%s\n", number);
        return 0;
    }
    confirm[2] = argv[4];
    doc = ask(m, 3, confirm);
    json_free(doc);
    if (!doc || !wait_for_step(m, "done", TURNS_FOR_GRANT, number)) {
        fputs(
            "bdhvs-ctl: enrol: not confirmed: compare the numbers on both screens and "
            "start again\n",
            stderr);
        return 1;
    }
    puts("enrolled");
    return 0;
}

int talk_sync(struct machine *m)
{
    static const char *const sync[] = { "sync", NULL };
    static const char *const status[] = { "sync", "--status", NULL };
    json_value *doc = ask(m, 1, sync);
    int64_t rows = 0;
    bool sending = true;
    char last[32] = "";

    for (int i = 0; doc && sending && i < TURNS_FOR_SENDING; i++) {
        json_free(doc);
        machine_wait(m);
        doc = ask(m, 2, status);
        if (!doc || json_int(json_get(doc, "rows_waiting"), 0, JSON_INT_MAX, &rows))
            break;
        sending = json_bool(json_get(doc, "sending"), false);
        (void)snprintf(last, sizeof(last), "%s", json_text(json_get(doc, "last")));
    }
    if (!doc)
        return 1;
    json_free(doc);
    printf("{\"last\":\"%s\",\"rows_waiting\":%lld}\n", last, (long long)rows);
    return rows == 0 && !strcmp(last, "verified") ? 0 : 1;
}
