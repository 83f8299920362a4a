/* See state.h. */
#include "state.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/file.h"
#include "base/json.h"

#define STATE_MAX 2048
#define DEPTH_MAX 2

static const char *const steps[UPDATE_STEPS] = {
    [UPDATE_NONE] = "none",       [UPDATE_CHECKING] = "checking",
    [UPDATE_REFUSED] = "refused", [UPDATE_INSTALLING] = "installing",
    [UPDATE_TRYING] = "trying",   [UPDATE_WRITING] = "writing",
    [UPDATE_KEPT] = "kept",       [UPDATE_GOING_BACK] = "going back",
    [UPDATE_BACK] = "back",
};
static const char *const whys[UPDATE_WHYS] = {
    [UPDATE_FINE] = "fine",
    [UPDATE_NOTHING] = "no update found",
    [UPDATE_SIGNATURE] = "not signed by the program key",
    [UPDATE_OLDER] = "not newer than what runs",
    [UPDATE_OTHER_KIND] = "made for another Debian or processor",
    [UPDATE_BROKEN] = "a package is damaged",
    [UPDATE_SPACE] = "no space",
    [UPDATE_NEEDS] = "needs packages that are not installed",
    [UPDATE_NO_WAY_BACK] = "the packages of the running program are not kept",
    [UPDATE_DATABASE] = "the database could not be copied",
    [UPDATE_INSTALL] = "dpkg failed",
    [UPDATE_NO_FRAME] = "the new program presented no frame",
    [UPDATE_CUT] = "the power went meanwhile",
};

const char *update_step_name(enum update_step step)
{
    return steps[step];
}

const char *update_why_name(enum update_why why)
{
    return whys[why];
}

static int find(const char *const *names, int n, const char *word)
{
    for (int i = 0; word && i < n; i++)
        if (!strcmp(names[i], word))
            return i;
    return 0;
}

static void take_text(const json_value *doc, const char *key,
                      char out[PROGRAM_VERSION_BYTES])
{
    const char *text = json_text(json_get(doc, key));

    snprintf(out, PROGRAM_VERSION_BYTES, "%s", text ? text : "");
}

void update_state_read(const char *path, struct update_state *out)
{
    json_value *doc = NULL;
    struct buf text;

    *out = (struct update_state){ 0 };
    buf_init(&text, STATE_MAX);
    if (!file_read_nofollow(path, &text) &&
        !json_parse(buf_text(&text), text.len, DEPTH_MAX, &doc, NULL, 0)) {
        out->step = (enum update_step)find(steps, UPDATE_STEPS,
                                           json_text(json_get(doc, "step")));
        out->why =
            (enum update_why)find(whys, UPDATE_WHYS, json_text(json_get(doc, "why")));
        (void)!json_int(json_get(doc, "ver"), 0, INT64_MAX, &out->ver);
        (void)!json_int(json_get(doc, "floor"), 0, INT64_MAX, &out->floor);
        (void)!json_int(json_get(doc, "boots"), 0, INT64_MAX, &out->boots);
        (void)!json_int(json_get(doc, "seq"), 0, INT64_MAX, &out->seq);
        take_text(doc, "from", out->from);
        take_text(doc, "to", out->to);
        json_free(doc);
    }
    buf_finish(&text);
}

enum err update_state_write(const char *path, const struct update_state *s)
{
    struct buf text;
    enum err err;

    buf_init(&text, STATE_MAX);
    json_open(&text, NULL, '{');
    json_put_text(&text, "step", steps[s->step]);
    json_put_text(&text, "why", whys[s->why]);
    json_put_int(&text, "ver", s->ver);
    json_put_int(&text, "floor", s->floor);
    json_put_int(&text, "boots", s->boots);
    json_put_int(&text, "seq", s->seq);
    json_put_text(&text, "from", s->from);
    json_put_text(&text, "to", s->to);
    json_close(&text, '}');
    buf_char(&text, '\n');
    err = file_replace(path, buf_text(&text), text.len, 0644);
    buf_finish(&text);
    return err;
}
