/* One child a page, its answers taken out of its output as they become whole. */
#include "app/voice_make.h"

#include <stdlib.h>
#include <string.h>

#include "app/helper.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/json.h"
#include "lesson/voice_index.h"

#define LOG_MODULE "voice"
#include "base/log.h"

#define TEXT_MAX 4000            /* bytes; the helper takes no more */
#define REQUEST_BYTES (1U << 20) /* of all texts of a page */
#define HEAD_BYTES (64U << 10)
#define HEAD_DEPTH 4
#define TICK_MS 30
#define PATIENCE_MS 4000 /* for one text */
#define REST_MS 60000    /* after a failure */

struct made {
    enum voice_made state;
    struct arena arena; /* of all that follows */
    const char *text;
    struct voice_draft draft;
};

struct voice_make {
    const struct helper_def *def;
    const struct clock *clock;
    struct made list[VOICE_MAKE_TEXTS];
    size_t n;
    size_t bytes;          /* of the clips in `list` */
    struct helper *helper; /* NULL: nothing is made */
    size_t taken;          /* bytes of its output */
    size_t awaited;   /* bytes of its output with the next answer, as far as known */
    size_t next;      /* of `list`: whose answer comes next */
    int64_t heard_ms; /* monotonic: start, or the last answer */
    int64_t rest_until_ms;
    enum err fault;
};

struct voice_make *voice_make_create(const struct helper_def *helper,
                                     const struct clock *clock)
{
    struct voice_make *m = check_alloc(sizeof(*m));

    *m = (struct voice_make){ .def = helper, .clock = clock };
    return m;
}

static void stop(struct voice_make *m)
{
    helper_free(m->helper); /* kills it, wipes what it was given and made */
    m->helper = NULL;
}

static void drop(struct voice_make *m, struct made *made)
{
    m->bytes -= made->draft.n;
    arena_finish(&made->arena); /* wiped */
    *made = (struct made){ .state = VOICE_MADE_NOT };
}

void voice_make_forget(struct voice_make *m)
{
    if (!m)
        return;
    stop(m);
    for (size_t i = 0; i < m->n; i++)
        drop(m, &m->list[i]);
    m->n = 0;
}

void voice_make_destroy(struct voice_make *m)
{
    voice_make_forget(m);
    free(m);
}

enum err voice_make_fault(const struct voice_make *m)
{
    return m ? m->fault : ERR_OK;
}

/* The next text, from `at` on, that is not made yet; n: there is none. */
static size_t next_of(const struct voice_make *m, size_t at)
{
    while (at < m->n && m->list[at].state != VOICE_MADE_SOON)
        at++;
    return at;
}

/* --- asking ------------------------------------------------------------------------------ */

/* No more of this page; the helper has its rest. */
static void give_up(struct voice_make *m, enum err err)
{
    stop(m);
    for (size_t i = 0; i < m->n; i++)
        if (m->list[i].state == VOICE_MADE_SOON)
            m->list[i].state = VOICE_MADE_NOT;
    if (!err)
        return;
    m->fault = err;
    m->rest_until_ms =
        err == ERR_OFFLINE ? INT64_MAX : clock_mono_ms(m->clock) + REST_MS;
}

static void put_request(struct buf *b, const char *text)
{
    json_open(b, NULL, '{');
    json_put_text(b, "lang", "vi");
    json_put_text(b, "text", text);
    json_put_bool(b, "page", true);
    json_close(b, '}');
    buf_char(b, '\n');
}

/* Asks for all that is not made. */
static void ask(struct voice_make *m)
{
    int64_t now = clock_mono_ms(m->clock);
    struct buf request;
    enum err err = ERR_OK;

    m->next = next_of(m, 0);
    if (m->next == m->n)
        return;
    if (now < m->rest_until_ms) {
        give_up(m, ERR_OK);
        return;
    }
    buf_init(&request, REQUEST_BYTES);
    for (size_t i = m->next; i < m->n; i = next_of(m, i + 1))
        put_request(&request, m->list[i].text);
    if (!request.overflow)
        err = helper_start_def(m->def, request.data, request.len, &m->helper);
    buf_finish(&request); /* wiped */
    m->taken = m->awaited = 0;
    m->heard_ms = now;
    if (!m->helper)
        give_up(m, err);
}

static struct made *find(const struct voice_make *m, const char *text)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->list[i].text && !strcmp(m->list[i].text, text))
            return (struct made *)&m->list[i];
    return NULL;
}

static bool is_among(const char *text, const char *const texts[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(texts[i], text))
            return true;
    return false;
}

/* Leaves of the list what is made and still wanted. */
static void keep(struct voice_make *m, const char *const texts[], size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < m->n; i++) {
        struct made *made = &m->list[i];

        if (made->state != VOICE_MADE || !is_among(made->text, texts, n)) {
            drop(m, made);
            continue;
        }
        if (kept != i) {
            m->list[kept] = *made;
            *made = (struct made){ .state = VOICE_MADE_NOT };
        }
        kept++;
    }
    m->n = kept;
}

void voice_make_want(struct voice_make *m, const char *const texts[], size_t n)
{
    if (!m)
        return;
    stop(m);
    keep(m, texts, n);
    for (size_t i = 0; i < n && m->n < VOICE_MAKE_TEXTS; i++) {
        struct made *made = &m->list[m->n];

        if (strlen(texts[i]) > TEXT_MAX || find(m, texts[i]))
            continue;
        *made = (struct made){ .state = VOICE_MADE_SOON };
        made->text = arena_strdup(&made->arena, texts[i]);
        m->n++;
    }
    ask(m);
}

/* --- taking ------------------------------------------------------------------------------ */

static bool is_letter_start(const char *text, size_t at)
{
    return ((unsigned char)text[at] & 0xC0U) != 0x80U;
}

/* The marks light bytes of the text: they must be words of it, one after the other. */
static bool marks_fit(const char *text, const struct voice_clip *clip)
{
    size_t n = strlen(text), end = 0;

    for (size_t i = 0; i < clip->n_marks; i++) {
        const struct voice_mark *mark = &clip->marks[i];
        size_t next = (size_t)mark->offset + mark->length;

        if (mark->offset < end || next > n || !is_letter_start(text, mark->offset) ||
            !is_letter_start(text, next))
            return false;
        end = next;
    }
    return true;
}

/* The line before a clip. False: it is none of ours. */
static bool read_head(struct made *made, const char *line, size_t n, size_t *bytes_out)
{
    struct voice_clip clip = { .ms = 0 };
    int64_t bytes = 0, ms = 0;
    json_value *head;
    bool ok;

    if (json_parse(line, n, HEAD_DEPTH, &head, NULL, 0))
        return false;
    ok = !json_int(json_get(head, "bytes"), 0, VOICE_MAKE_BYTES, &bytes) &&
         !json_int(json_get(head, "ms"), 0, VOICE_MS_MAX, &ms) &&
         voice_marks_read(json_get(head, "marks"), &made->arena, &clip) &&
         marks_fit(made->text, &clip);
    json_free(head);
    made->draft = (struct voice_draft){ .ms = (int)ms,
                                        .marks = clip.marks,
                                        .n_marks = clip.n_marks };
    *bytes_out = (size_t)bytes;
    return ok;
}

static void take_clip(struct voice_make *m, struct made *made, const char *bytes,
                      size_t n)
{
    unsigned char *copy;

    made->state = VOICE_MADE_NOT; /* nothing to speak, or no room for it */
    if (!n || m->bytes + n > VOICE_MAKE_BYTES)
        return;
    copy = arena_alloc(&made->arena, n);
    memcpy(copy, bytes, n);
    made->draft.opus = copy;
    made->draft.n = n;
    made->state = VOICE_MADE;
    m->bytes += n;
}

/* One answer. ERR_RETRY: it is not whole yet. ERR_CORRUPT: it is none. */
static enum err take_one(struct voice_make *m)
{
    const struct buf *out = helper_output(m->helper);
    const char *line = buf_text(out) + m->taken;
    size_t left = out->len - m->taken, n_line, bytes;
    const char *end = left ? memchr(line, '\n', left) : NULL;
    struct made *made = &m->list[m->next];

    if (out->len < m->awaited)
        return ERR_RETRY;
    n_line = end ? (size_t)(end - line) : left;
    if (n_line > HEAD_BYTES)
        return ERR_CORRUPT;
    if (!end)
        return ERR_RETRY;
    if (!read_head(made, line, n_line, &bytes) ||
        (bytes && left > n_line + 4 && memcmp(end + 1, "OggS", 4) != 0))
        return ERR_CORRUPT;
    m->awaited = m->taken + n_line + 1 + bytes;
    if (out->len < m->awaited)
        return ERR_RETRY;
    take_clip(m, made, end + 1, bytes);
    m->taken = m->awaited;
    m->next = next_of(m, m->next + 1);
    m->heard_ms = clock_mono_ms(m->clock);
    m->fault = ERR_OK;
    return ERR_OK;
}

static enum err take_all(struct voice_make *m, bool over)
{
    enum err err = ERR_OK;

    while (!err && m->next < m->n)
        err = take_one(m);
    if (err == ERR_CORRUPT)
        LOG_ERR("%s answered what is no clip", m->def->child.program);
    if (err != ERR_RETRY)
        return err;
    if (over) {
        err = helper_result(m->helper);
        return err ? err : ERR_CORRUPT;
    }
    if (clock_mono_ms(m->clock) - m->heard_ms < PATIENCE_MS)
        return ERR_OK;
    LOG_ERR("%s is too slow", m->def->child.program);
    return ERR_RETRY;
}

int voice_make_tick(struct voice_make *m)
{
    enum err err;

    if (!m || !m->helper)
        return -1;
    err = take_all(m, helper_tick(m->helper));
    if (err)
        give_up(m, err);
    else if (m->next == m->n)
        stop(m);
    return m->helper ? TICK_MS : -1;
}

enum voice_made voice_make_find(const struct voice_make *m, const char *text,
                                struct voice_draft *out)
{
    const struct made *made = m ? find(m, text) : NULL;

    if (!made)
        return VOICE_MADE_NOT;
    if (made->state == VOICE_MADE)
        *out = made->draft;
    return made->state;
}
