/* Which pack is open: the state file, trials, going back. */
#include "app/packs.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/packs_state.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/json.h"

#define LOG_MODULE "packs"
#include "base/log.h"

#define STATE_MAX 4096
#define DEPTH_MAX 4
#define TRIALS_MAX 3

void packs_path(const struct packs *p, char out[PACKS_PATH_BYTES], const char *format,
                ...)
{
    int n = snprintf(out, PACKS_PATH_BYTES, "%s/", p->root);
    va_list args;

    va_start(args, format);
    if (n > 0 && n < PACKS_PATH_BYTES)
        n += vsnprintf(out + n, PACKS_PATH_BYTES - (size_t)n, format, args);
    va_end(args);
    if (n < 0 || n >= PACKS_PATH_BYTES)
        out[0] = 0; /* opens nothing */
}

int64_t packs_ver_of(const char *name)
{
    const char *dash = strrchr(name, '-');

    return dash ? strtoll(dash + 1, NULL, 10) : 0;
}

bool packs_name_ok(const char *name)
{
    return *name && *name != '.' && strlen(name) < PACKS_NAME_BYTES &&
           !name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-")] &&
           packs_ver_of(name) > 0;
}

/* --- the state file ---------------------------------------------------------------------- */

static void take_name(const json_value *doc, const char *key,
                      char out[PACKS_NAME_BYTES])
{
    const char *text = json_text(json_get(doc, key));

    out[0] = 0;
    if (text && packs_name_ok(text))
        snprintf(out, PACKS_NAME_BYTES, "%s", text);
}

static void read_state(struct packs *p)
{
    char path[PACKS_PATH_BYTES];
    json_value *doc = NULL;
    int64_t trial = 0;
    struct buf text;

    packs_path(p, path, "state.json");
    buf_init(&text, STATE_MAX);
    if (!file_read(path, &text) &&
        !json_parse(buf_text(&text), text.len, DEPTH_MAX, &doc, NULL, 0)) {
        take_name(doc, "current", p->current);
        take_name(doc, "previous", p->previous);
        take_name(doc, "refused", p->refused);
        if (!json_int(json_get(doc, "trial"), 0, TRIALS_MAX + 1, &trial))
            p->trial = (int)trial;
        take_name(doc, "trial_of", p->trial_of);
        packs_read_beside(p, json_get(doc, "beside"));
    }
    json_free(doc);
    buf_finish(&text);
}

enum err packs_write_state(struct packs *p)
{
    char path[PACKS_PATH_BYTES];
    struct buf text;
    enum err err;

    packs_path(p, path, "state.json");
    buf_init(&text, STATE_MAX);
    json_open(&text, NULL, '{');
    json_put_text(&text, "current", p->current);
    json_put_text(&text, "previous", p->previous);
    json_put_text(&text, "refused", p->refused);
    json_put_int(&text, "trial", p->trial);
    json_put_text(&text, "trial_of", p->trial_of);
    packs_write_beside(p, &text);
    json_close(&text, '}');
    err = file_make_folder(p->root);
    if (!err)
        err = file_replace(path, buf_text(&text), text.len, 0600);
    buf_finish(&text);
    if (err)
        LOG_ERR("%s: the state of the packs was not written", path);
    return err;
}

/* --- which one ---------------------------------------------------------------------------- */

static bool is_folder(const char *path)
{
    struct stat st;

    return *path && !stat(path, &st) && S_ISDIR(st.st_mode);
}

static int64_t bundled_ver(const struct packs *p)
{
    char path[PACKS_PATH_BYTES + 32], why[64];
    struct arena arena = { 0 };
    struct manifest m;
    struct buf text;
    int64_t ver = 0;

    if (!p->bundled[0])
        return 0;
    snprintf(path, sizeof(path), "%s/manifest.json", p->bundled);
    buf_init(&text, PACK_MANIFEST_MAX);
    if (!file_read(path, &text) &&
        !manifest_read_head(buf_text(&text), text.len, &arena, &m, why, sizeof(why)))
        ver = m.ver;
    buf_finish(&text);
    arena_finish(&arena);
    return ver;
}

static void choose(struct packs *p)
{
    char installed[PACKS_PATH_BYTES];
    int64_t bundled = p->current[0] || p->refused[0] ? bundled_ver(p) : 0;
    bool newer = packs_ver_of(p->current) > bundled;

    packs_path(p, installed, "%s", p->current);
    p->folder_floor = p->floor;
    if (p->current[0] && newer && is_folder(installed)) {
        snprintf(p->folder, sizeof(p->folder), "%s", installed);
        if (packs_ver_of(p->current) < p->floor && p->refused[0])
            p->folder_floor = packs_ver_of(p->current); /* went back to what is kept */
        return;
    }
    snprintf(p->folder, sizeof(p->folder), "%s", p->bundled);
    if (p->refused[0] && bundled < p->floor && !p->current[0])
        p->folder_floor = bundled;
}

/* The current one did not live to show a lesson: the one before it comes back. */
static void fall_back(struct packs *p)
{
    p->fell_back = true;
    if (p->trial_of[0]) {
        packs_drop_trial(p);
        return;
    }
    LOG_ERR("%s ended the program %d times before a lesson was shown: going back",
            p->current, TRIALS_MAX);
    snprintf(p->refused, sizeof(p->refused), "%s", p->current);
    snprintf(p->current, sizeof(p->current), "%s", p->previous);
    p->previous[0] = 0;
    p->trial = 0;
}

static void count_trial(struct packs *p)
{
    if (!p->trial)
        return;
    if (p->trial > TRIALS_MAX)
        fall_back(p);
    else
        p->trial++;
    if (packs_write_state(p))
        LOG_WARN("the trial was not counted");
}

struct packs *packs_create(const struct packs_config *config)
{
    struct packs *p = check_alloc(sizeof(*p));

    *p = (struct packs){ .types = config->types, .floor = config->floor };
    snprintf(p->root, sizeof(p->root), "%s/packs", config->dir);
    snprintf(p->bundled, sizeof(p->bundled), "%s",
             config->bundled ? config->bundled : "");
    for (size_t i = 0; i < config->n_keys && i < PACKS_KEYS_MAX; i++)
        p->keys[p->n_keys++] = config->keys[i];
    read_state(p);
    count_trial(p);
    choose(p);
    packs_sweep(p);
    return p;
}

void packs_destroy(struct packs *p)
{
    if (!p)
        return;
    arena_finish(&p->arena);
    free(p);
}

const char *packs_folder(const struct packs *p, int64_t *floor_out)
{
    *floor_out = p->folder_floor;
    return p->folder;
}

void packs_confirm(struct packs *p)
{
    char of[PACKS_NAME_BYTES];

    if (!p->trial)
        return;
    memcpy(of, p->trial_of, sizeof(of));
    p->trial = 0;
    p->trial_of[0] = 0;
    if (packs_ver_of(p->current) > p->floor)
        p->floor = packs_ver_of(p->current);
    if (packs_write_state(p)) { /* said again with the next lesson */
        p->trial = 1;
        memcpy(p->trial_of, of, sizeof(of));
    }
}

/* --- changing over -------------------------------------------------------------------------- */

/* What has come counts from now on, in memory. */
static void take_over(struct packs *p)
{
    p->refused[0] = 0;
    p->trial = 1;
    p->trial_of[0] = 0;
    if (p->manifest.beside) {
        packs_set_beside(p, p->coming);
        memcpy(p->trial_of, p->coming, sizeof(p->trial_of));
        return;
    }
    memcpy(p->previous, p->current, sizeof(p->previous));
    memcpy(p->current, p->coming, sizeof(p->current));
}

enum err packs_switch(struct packs *p)
{
    struct packs before = *p;
    char from[PACKS_PATH_BYTES], to[PACKS_PATH_BYTES];
    enum err err;

    ASSERT(p->step == PACKS_READY);
    packs_path(p, from, "new");
    packs_path(p, to, "%s", p->coming);
    if (rename(from, to) && !is_folder(to))
        return ERR_CORRUPT;
    err = file_sync_folder(p->root);
    take_over(p);
    if (!err)
        err = packs_write_state(p);
    if (err) {
        *p =
            before; /* the folder waits under its name; the state says it is not ours */
        return err;
    }
    if (!p->manifest.beside && packs_ver_of(p->current) > p->floor)
        p->floor = packs_ver_of(p->current); /* a stick cannot bring an older one now */
    p->step = PACKS_EMPTY;
    p->trouble = PACKS_FINE;
    p->coming[0] = 0;
    choose(p);
    return ERR_OK;
}

static bool may_go_back(const struct packs *p)
{
    char path[PACKS_PATH_BYTES];

    packs_path(p, path, "%s", p->previous);
    return p->current[0] && (p->previous[0] ? is_folder(path) : p->bundled[0]);
}

enum err packs_go_back(struct packs *p)
{
    struct packs before = *p;
    enum err err;

    if (!may_go_back(p))
        return ERR_OFFLINE;
    memcpy(p->refused, p->current, sizeof(p->refused));
    memcpy(p->current, p->previous, sizeof(p->current));
    p->previous[0] = 0;
    p->trial = 0;
    p->trial_of[0] = 0;
    err = packs_write_state(p);
    if (err)
        *p = before;
    else
        choose(p);
    return err;
}

void packs_status(const struct packs *p, struct packs_status *out)
{
    *out = (struct packs_status){ .step = p->step,
                                  .trouble = p->trouble,
                                  .on_trial = p->trial > 0,
                                  .fell_back = p->fell_back,
                                  .may_go_back = may_go_back(p),
                                  .n_done = p->at,
                                  .n_files = p->have_manifest ? p->manifest.n_files : 0,
                                  .floor = p->floor };
    memcpy(out->current, p->current, sizeof(out->current));
    memcpy(out->previous, p->previous, sizeof(out->previous));
    memcpy(out->coming, p->coming, sizeof(out->coming));
}
