/* One helper after another, then the plan. */
#include "app/intake.h"

#include <string.h>

#include "app/app.h"
#include "app/helper.h"
#include "app/usb.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/utf8.h"

#define LOG_MODULE "intake"
#include "base/log.h"

#define FILE_BYTES_MAX (16U << 20)
#define SLICE_ROWS 10 /* each is durable by itself; the page is drawn between */
#define SHOWN_MAX 60  /* files */

bool intake_busy(const struct intake *in)
{
    return in->state == INTAKE_OPENING || in->state == INTAKE_READING ||
           in->state == INTAKE_WRITING;
}

void intake_forget(struct intake *in)
{
    helper_free(in->helper);
    people_plan_free(in->plan);
    *in = (struct intake){ .state = INTAKE_IDLE };
}

static void refuse(struct intake *in, const char *why, long row)
{
    intake_forget(in);
    in->state = INTAKE_REFUSED;
    in->why = why;
    in->why_row = row;
}

/* --- which files -------------------------------------------------------------------------- */

bool intake_is_locked(const char *name)
{
    size_t n = strlen(name);

    return n > 4 && !strcmp(name + n - 4, ".zip");
}

/* Signs that would change how a page reads are no part of a name that we show. */
static bool can_be_shown(const char *name)
{
    if (!utf8_valid(name, strlen(name)))
        return false;
    for (const char *p = name; *p; p++)
        if ((unsigned char)*p < ' ' || *p == 0x7F)
            return false;
    return true;
}

bool intake_files(struct app *app, struct arena *arena, const char ***names_out,
                  size_t *n_out, bool *more_out)
{
    static const char *const sheets[] = { ".xlsx", ".csv", ".zip", NULL };
    static const char *const locked[] = { ".zip", NULL };
    static const struct {
        const char *folder, *before;
        const char *const *suffixes;
    } places[] = { { "", "", sheets },
                   { "in", "in/", sheets },
                   { "out", "out/", locked } };

    *n_out = 0;
    *more_out = false;
    *names_out = arena_alloc(arena, SHOWN_MAX * sizeof(**names_out));
    if (!app->usb || !usb_path(app->usb))
        return false;
    for (size_t i = 0; i < COUNT(places); i++) {
        const char **names;
        size_t n;
        bool more;

        if (usb_list(app->usb, places[i].folder, places[i].suffixes, arena, &names, &n,
                     &more))
            continue; /* there is no such folder */
        *more_out |= more;
        for (size_t j = 0; j < n; j++) {
            if (!can_be_shown(names[j]))
                continue;
            if (*n_out == SHOWN_MAX) {
                *more_out = true;
                break;
            }
            (*names_out)[(*n_out)++] =
                arena_printf(arena, "%s%s", places[i].before, names[j]);
        }
    }
    return true;
}

/* --- reading it ---------------------------------------------------------------------------- */

static void begin(struct intake *in, enum helper_job job, const struct buf *bytes,
                  enum intake_state then)
{
    struct helper *next = NULL;
    enum err err = helper_start(job, buf_text(bytes), bytes->len, &next);

    helper_free(in->helper);
    in->helper = next;
    in->state = then;
    if (err)
        refuse(in, text_of(err == ERR_OFFLINE ? T_im_nohelper : T_im_failed), 0);
}

void intake_read(struct app *app, struct intake *in, const char *name,
                 const char *secret)
{
    enum usb_verdict verdict;
    struct buf file, opened;

    intake_forget(in);
    buf_init(&file, FILE_BYTES_MAX);
    buf_init(&opened, FILE_BYTES_MAX + 1024);
    verdict = usb_read(app->usb, name, &file);
    if (verdict != USB_DONE) {
        refuse(in, verdict == USB_LARGE ? text_of(T_pf_e_size) : usb_words(verdict), 0);
    } else if (intake_is_locked(name)) {
        buf_reserve(&opened, file.len + 256);
        buf_printf(&opened, "%s\n", secret ? secret : "");
        buf_add(&opened, buf_text(&file), file.len);
        begin(in, HELPER_SHEET_UNLOCK, &opened, INTAKE_OPENING);
    } else {
        begin(in, HELPER_SHEET_READ, &file, INTAKE_READING);
    }
    buf_finish(&file);
    buf_finish(&opened);
}

static void plan(struct app *app, struct intake *in)
{
    struct people_counts n;
    int year, month, day;
    enum text_id why;
    enum err err;

    clock_day_civil(clock_day(clock_wall_ms(app->clock)), &year, &month, &day);
    err = people_file_plan(app->db, app->desk.vault, helper_output(in->helper), year,
                           &in->plan, &why);
    if (err) {
        refuse(in,
               text_of(err == ERR_OFFLINE    ? T_im_locked
                       : err == ERR_REJECTED ? why
                                             : T_im_failed),
               0);
        return;
    }
    helper_free(in->helper);
    in->helper = NULL;
    people_plan_counts(in->plan, &n);
    in->n_rows = in->left = n.n_new + n.n_changed;
    in->state = INTAKE_PLANNED;
}

static void helper_ended(struct app *app, struct intake *in)
{
    enum err err = helper_result(in->helper);
    long row = 0;

    if (err == ERR_REJECTED) {
        enum text_id why = people_file_refusal(helper_output(in->helper), &row);

        refuse(in, text_of(why), row);
    } else if (err) {
        refuse(in, text_of(T_pf_e_damaged), 0);
    } else if (in->state == INTAKE_OPENING) {
        begin(in, HELPER_SHEET_READ, helper_output(in->helper), INTAKE_READING);
    } else {
        plan(app, in);
    }
}

/* --- writing it ---------------------------------------------------------------------------- */

void intake_write(struct intake *in)
{
    ASSERT(in->state == INTAKE_PLANNED);
    in->state = INTAKE_WRITING;
}

static void write_some(struct app *app, struct intake *in)
{
    enum err err = people_plan_apply(in->plan, app_actor(app), SLICE_ROWS, &in->left);

    app_touched(app); /* they wait for us: nobody has walked away */
    if (!err && in->left)
        return;
    if (err)
        LOG_ERR("the import stopped: %s", err_name(err));
    in->state = err ? INTAKE_STOPPED : INTAKE_DONE;
    app_people_changed(app);
}

bool intake_tick(struct app *app, struct intake *in)
{
    if (in->state == INTAKE_WRITING) {
        write_some(app, in);
        return true;
    }
    if (!intake_busy(in) || !helper_tick(in->helper))
        return false;
    helper_ended(app, in);
    return true;
}
