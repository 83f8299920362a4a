/* Reading a people file: what each row would do, and doing it.
 *
 * PLANNED [people_file_plan: nothing written] -> APPLYING [people_plan_apply] -> DONE */
#include "app/people_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/people_columns.h"
#include "app/people_row.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/json.h"
#include "store/audit.h"
#include "store/people_index.h"
#include "store/vault.h"

#define DEPTH_MAX 6
#define HEADER_ROWS 20 /* the header stands among the first ones */
#define PAGE 64
#define DETAIL_BYTES 96

/* Whom a row is about, by what is written: a keyed set of fingerprints, no names. */
struct seen {
    uint64_t *slots; /* 0: free */
    size_t n_slots;
};

struct people_plan {
    struct db *db;
    struct vault *vault;
    struct people_row *rows; /* new and changed ones */
    size_t n_rows, cap_rows, done;
    struct people_problem *problems;
    size_t n_problems, cap_problems;
    struct people_counts counts;
    struct seen codes, people;
    bool told; /* the log has it */
};

/* --- who was seen ------------------------------------------------------------------------ */

static void seen_init(struct seen *s, size_t n)
{
    s->n_slots = 64;
    while (s->n_slots < 2 * n)
        s->n_slots *= 2;
    s->slots = check_alloc(s->n_slots * sizeof(*s->slots));
    memset(s->slots, 0, s->n_slots * sizeof(*s->slots));
}

/* True: it was there already. */
static bool seen_before(struct seen *s, const char *a, int year, const char *b)
{
    const struct hash_part parts[] = { { a, strlen(a) },
                                       { &year, sizeof(year) },
                                       { b, strlen(b) } };
    unsigned char hash[HASH_CHAIN_BYTES];
    uint64_t key;
    size_t i;

    hash_chain(parts, COUNT(parts), hash);
    memcpy(&key, hash, sizeof(key));
    key |= 1;
    for (i = (size_t)(key % s->n_slots); s->slots[i]; i = (i + 1) % s->n_slots)
        if (s->slots[i] == key)
            return true;
    s->slots[i] = key;
    return false;
}

static enum err remember_everybody(struct people_plan *p, size_t n_rows)
{
    const struct people_entry *page[PAGE];
    struct people_index *index;
    enum err err = people_index_open(p->db, p->vault, &index);
    size_t n;

    if (err)
        return err;
    seen_init(&p->people, people_index_size(index) + n_rows);
    seen_init(&p->codes, n_rows);
    for (size_t at = 0; (n = people_all(index, at, page, PAGE)) > 0; at += n)
        for (size_t i = 0; i < n; i++)
            (void)seen_before(&p->people, page[i]->name, page[i]->year, page[i]->thon);
    people_index_close(index);
    return ERR_OK;
}

/* --- the plan ---------------------------------------------------------------------------- */

static void add_problem(struct people_plan *p, long row, enum text_id why)
{
    if (p->n_problems == p->cap_problems) {
        p->cap_problems = p->cap_problems ? 2 * p->cap_problems : 32;
        p->problems =
            check_realloc(p->problems, p->cap_problems * sizeof(*p->problems));
    }
    p->problems[p->n_problems++] = (struct people_problem){ row, why };
    p->counts.n_refused++;
}

/* The rows are never moved by realloc: it would leave names behind. */
static void add_row(struct people_plan *p, const struct people_row *row)
{
    ASSERT(p->n_rows < p->cap_rows);
    p->rows[p->n_rows++] = *row;
}

/* A row without a card number: somebody new, or somebody who is here already. */
static void plan_new(struct people_plan *p, struct people_row *row)
{
    enum text_id why = people_row_check_new(row);

    if (why != T_COUNT) {
        add_problem(p, row->row, why);
    } else if (seen_before(&p->people, row->details.name, row->details.year,
                           row->cohort.thon)) {
        /* The same file once more, after a power cut say, makes nobody double. */
        p->counts.n_same++;
    } else {
        add_row(p, row);
        p->counts.n_new++;
    }
}

static void plan_known(struct people_plan *p, struct people_row *row, const char *code)
{
    struct person_record now;
    enum text_id why = T_COUNT;
    bool typo;

    if (person_by_code(p->db, code, row->token, &typo) ||
        people_read(p->db, p->vault, row->token, &now) || !now.details.name[0])
        why = T_pf_r_code;
    else if (seen_before(&p->codes, code, 0, ""))
        why = T_pf_r_twice;
    else
        why = people_row_check_known(row, &now);
    if (why != T_COUNT) {
        add_problem(p, row->row, why);
    } else if (people_row_same(row, &now)) {
        p->counts.n_same++;
    } else {
        row->known = true;
        add_row(p, row);
        p->counts.n_changed++;
    }
    hash_wipe(&now, sizeof(now));
}

static void plan_row(struct people_plan *p, const struct people_reader *r,
                     const json_value *cells, long number)
{
    struct people_row row;
    enum text_id why;
    const char *code;

    if (people_reader_empty(r, cells))
        return;
    why = people_reader_row(r, cells, &row, &code);
    row.row = number;
    if (why != T_COUNT)
        add_problem(p, number, why);
    else if (*code)
        plan_known(p, &row, code);
    else
        plan_new(p, &row);
    hash_wipe(&row, sizeof(row));
}

static enum err plan_rows(struct people_plan *p, struct people_reader *r,
                          const json_value *rows, enum text_id *why)
{
    size_t n = json_count(rows), head = 0;
    enum err err;

    while (head < n && head < HEADER_ROWS &&
           !people_reader_header(r, json_at(rows, head)))
        head++;
    if (head == n || head == HEADER_ROWS) {
        *why = T_pf_no_header;
        return ERR_REJECTED;
    }
    if (head + 1 == n) {
        *why = T_pf_no_rows;
        return ERR_REJECTED;
    }
    p->cap_rows = n - head - 1;
    p->rows = check_alloc(p->cap_rows * sizeof(*p->rows));
    err = remember_everybody(p, p->cap_rows);
    for (size_t i = head + 1; !err && i < n; i++)
        plan_row(p, r, json_at(rows, i), (long)i + 1);
    return err;
}

enum err people_file_plan(struct db *db, struct vault *vault, const struct buf *rows,
                          int this_year, struct people_plan **out,
                          enum text_id *why_out)
{
    struct people_plan *p;
    struct people_reader reader = { .this_year = this_year };
    json_value *doc;
    enum err err;

    *out = NULL;
    *why_out = T_pf_e_damaged;
    if (!vault_is_unlocked(vault))
        return ERR_OFFLINE;
    if (json_parse(buf_text(rows), rows->len, DEPTH_MAX, &doc, NULL, 0))
        return ERR_REJECTED;
    p = check_alloc(sizeof(*p));
    *p = (struct people_plan){ .db = db, .vault = vault };
    reader.date1904 = json_bool(json_get(doc, "date1904"), false);
    err = people_lists_read(db, &reader.lists);
    if (!err)
        err = plan_rows(p, &reader, json_get(doc, "rows"), why_out);
    people_lists_finish(&reader.lists);
    json_free(doc);
    if (err)
        people_plan_free(p);
    else
        *out = p;
    return err;
}

void people_plan_counts(const struct people_plan *plan, struct people_counts *out)
{
    *out = plan->counts;
}

const struct people_problem *people_plan_problems(const struct people_plan *plan,
                                                  size_t *n_out)
{
    *n_out = plan->n_problems;
    return plan->problems;
}

/* --- doing it ---------------------------------------------------------------------------- */

static enum err apply_row(struct people_plan *p, struct people_row *row,
                          const char *actor)
{
    struct person_card card;
    enum err err;

    if (row->known) {
        err = people_edit(p->db, p->vault, row->token, &row->details, &row->cohort,
                          actor);
    } else {
        (void)snprintf(row->consent.witness, sizeof(row->consent.witness), "%.16s",
                       actor);
        err = people_register(p->db, p->vault, &row->details, &row->cohort,
                              &row->consent, NULL, actor, &card);
    }
    if (err != ERR_REJECTED)
        return err;
    if (row->known)
        p->counts.n_changed--;
    else
        p->counts.n_new--;
    add_problem(p, row->row, T_pf_r_refused);
    return ERR_OK;
}

enum err people_plan_apply(struct people_plan *p, const char *actor, size_t max_rows,
                           size_t *left_out)
{
    char detail[DETAIL_BYTES];
    enum err err = ERR_OK;

    for (size_t i = 0; !err && i < max_rows && p->done < p->n_rows; i++) {
        err = apply_row(p, &p->rows[p->done], actor);
        p->done += !err;
    }
    *left_out = p->n_rows - p->done;
    if (err || *left_out || p->told)
        return err;
    (void)snprintf(detail, sizeof(detail), "new=%zu changed=%zu same=%zu refused=%zu",
                   p->counts.n_new, p->counts.n_changed, p->counts.n_same,
                   p->counts.n_refused);
    err = audit_add(p->db, AUDIT_PEOPLE, actor, "au.e.people_import", detail);
    p->told = !err;
    return err;
}

void people_plan_free(struct people_plan *p)
{
    if (!p)
        return;
    if (p->rows) {
        hash_wipe(p->rows, p->cap_rows * sizeof(*p->rows));
        free(p->rows);
    }
    free(p->problems);
    free(p->codes.slots);
    free(p->people.slots);
    free(p);
}

/* --- a file that was not read ------------------------------------------------------------ */

enum text_id people_file_refusal(const struct buf *output, long *row_out)
{
    static const struct {
        const char *error;
        enum text_id text;
    } words[] = {
        { "encoding", T_pf_e_encoding },  { "characters", T_pf_e_encoding },
        { "old_xls", T_pf_e_old_xls },    { "damaged", T_pf_e_damaged },
        { "bomb", T_pf_e_damaged },       { "not_a_sheet", T_pf_e_not_a_sheet },
        { "binary", T_pf_e_not_a_sheet }, { "size", T_pf_e_size },
        { "rows", T_pf_e_size },          { "cell", T_pf_e_cell },
        { "columns", T_pf_e_cell },       { "quotes", T_pf_e_quotes },
        { "empty", T_pf_e_empty },        { "passphrase", T_pf_e_passphrase },
    };
    enum text_id text = T_pf_e_damaged;
    json_value *doc;
    int64_t row = 0;

    *row_out = 0;
    if (json_parse(buf_text(output), output->len, DEPTH_MAX, &doc, NULL, 0))
        return text;
    for (size_t i = 0; i < COUNT(words); i++)
        if (json_text(json_get(doc, "error")) &&
            !strcmp(json_text(json_get(doc, "error")), words[i].error))
            text = words[i].text;
    if (!json_int(json_get(doc, "row"), 0, INT32_MAX, &row))
        *row_out = (long)row;
    json_free(doc);
    return text;
}
