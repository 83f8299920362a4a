/* People from a terminal: nameless cards, erasure. */
#include <stdio.h>
#include <string.h>

#include "app/control_private.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/json.h"
#include "store/people.h"

#define CARDS_MAX 1000

static bool read_field(int argc, const char *const *argv, const char *name,
                       char field[PERSON_FIELD_MAX + 1])
{
    const char *value = control_value(argc, argv, name);
    int n = snprintf(field, PERSON_FIELD_MAX + 1, "%s", value ? value : "");

    return n >= 0 && n <= PERSON_FIELD_MAX;
}

/* The age band by its code or as people write it; other bands would be in no table. */
static bool read_band(int argc, const char *const *argv,
                      char band[PERSON_FIELD_MAX + 1])
{
    static const char *const written[] = { "<14", "14-17", "18-34", "35-59", "60+" };
    char code[3] = "b0";

    if (!read_field(argc, argv, "--band", band))
        return false;
    for (size_t i = 0; i < COUNT(written); i++, code[1]++) {
        if (strcmp(band, written[i]) != 0 && strcmp(band, code) != 0)
            continue;
        (void)snprintf(band, PERSON_FIELD_MAX + 1, "%s", code);
        return true;
    }
    return !*band;
}

static bool read_count(int argc, const char *const *argv, int *out)
{
    const char *value = control_value(argc, argv, "--count");
    char rest;

    *out = 1;
    if (!value)
        return !control_has(argc, argv, "--count");
    return sscanf(value, "%4d%c", out, &rest) == 1 && *out >= 1 && *out <= CARDS_MAX;
}

static int person_add_cards(struct control *c, int argc, const char *const *argv,
                            struct buf *out)
{
    struct person_cohort cohort = { 0 };
    int count = 1;

    if (argc < 2 || strcmp(argv[1], "add") != 0 ||
        !read_field(argc, argv, "--thon", cohort.thon) ||
        !read_field(argc, argv, "--sex", cohort.sex) ||
        !read_band(argc, argv, cohort.band) ||
        !read_field(argc, argv, "--group", cohort.group) ||
        !read_field(argc, argv, "--job", cohort.job) ||
        !read_field(argc, argv, "--unit", cohort.unit) ||
        !read_count(argc, argv, &count))
        return control_usage(
            out, "person add --thon T --sex f|m --band '<14'|14-17|18-34|35-59|60+ "
                 "--group g1|g2|g3|g4 [--job J] "
                 "[--unit U] [--count 1…1000]");
    for (int i = 0; i < count; i++) {
        struct person_card card;
        char hex[2 * EVENT_TOKEN_BYTES + 1];
        enum err err = person_add(c->db, &cohort, &card);

        if (err)
            return control_fail(out, "person add", err,
                                err == ERR_REJECTED ? "codes are of a-z 0-9 . _ -"
                                                    : "nothing more was added");
        encoding_hex(card.token, sizeof(card.token), hex);
        buf_printf(out, "{\"code\":\"%s\",\"token\":\"%s\"}\n", card.code, hex);
    }
    return 0;
}

/* The card's number says who; a name is neither asked nor shown. */
static int person_erase(struct control *c, int argc, const char *const *argv,
                        struct buf *out)
{
    const char *code = control_value(argc, argv, "--code");
    unsigned char token[EVENT_TOKEN_BYTES];
    struct erase_receipt receipt;
    bool typo = false;
    enum err err;

    if (!code || !control_has(argc, argv, "--yes"))
        return control_usage(out, "person erase --code 123456 --yes");
    if (person_by_code(c->db, code, token, &typo))
        return control_fail(out, "person erase", ERR_REJECTED,
                            typo ? "the number has a slip" : "nobody has this card");
    err = people_erase(c->db, token, CONTROL_ACTOR, &receipt);
    if (err)
        return control_fail(out, "person erase", err, "nothing was erased");
    json_open(out, NULL, '{');
    json_put_text(out, "receipt", receipt.number);
    json_put_int(out, "events", receipt.n_events);
    json_close(out, '}');
    buf_char(out, '\n');
    return 0;
}

int control_person(struct control *c, int argc, const char *const *argv,
                   struct buf *out)
{
    if (argc > 1 && !strcmp(argv[1], "erase"))
        return person_erase(c, argc, argv, out);
    return person_add_cards(c, argc, argv, out);
}
