/* One sentence: what is meant, how loud it comes, and three buttons that follow the state of
 * app/recorder.h. */
#include <stdio.h>
#include <string.h>

#include "app/class_day.h"
#include "app/recordings.h"
#include "app/upkeep.h"
#include "base/clock.h"
#include "screens/record.h"

#define COLUMNS 46
#define SIZE_LEAST 24 /* dp of the sentence, before it is cut */
#define SENTENCE "vo.text"

static const struct record_line *line_of(const struct record_page *s)
{
    return &s->lines.list[s->at];
}

static void go_on(struct app *app, struct record_page *s)
{
    recorder_forget(app);
    voice_stop(app);
    s->said = T_COUNT;
    if (s->at + 1 < s->lines.n)
        s->at++;
}

/* --- keeping ---------------------------------------------------------------------------- */

static void keep(struct app *app, struct record_page *s, struct ui *ui)
{
    struct recording row = { .text = line_of(s)->text,
                             .speaker = s->speaker.name,
                             .dialect = s->speaker.place };
    char day[11];
    const void *clip;
    enum err err;
    size_t n;

    clock_day_text(class_today(app), day);
    row.date = day;
    row.consent = text_fill(ui_arena(ui), text_of(T_vo_consent), "ngay", day, NULL);
    (void)snprintf(row.lang, sizeof(row.lang), "%s", s->lang);
    voice_key(row.text, row.key);
    clip = recorder_clip(&app->recorder, &n);
    err = recordings_keep(app->recordings, &row, clip, n);
    if (err)
        s->said = err == ERR_FULL ? T_vo_full : T_vo_unkept;
    else
        go_on(app, s);
}

static void ask_drop(struct app *app, struct record_page *s, struct ui *ui)
{
    int answer = desk_ask(ui, "vo.drop.ask", text_of(T_vo_drop_q), text_of(T_vo_drop_p),
                          text_of(T_of_no), text_of(T_vo_drop), UI_BUTTON_DANGER);

    s->asking = !answer;
    if (answer <= 0)
        return;
    voice_stop(app);
    if (recordings_drop(app->recordings, s->lang, line_of(s)->text))
        s->said = T_of_unsaved;
    else
        upkeep_note(app, AUDIT_PACK, text_key(T_au_e_voice_drop), s->lang);
}

/* --- what is drawn ---------------------------------------------------------------------- */

static float draw_sentence(struct ui *ui, struct rect r, const struct record_page *s)
{
    enum text_id asks = strcmp(s->lang, LANGUAGE_FIRST) ? T_vo_read : T_vo_read_vi;
    struct ui_font small = staff_font(ui, STAFF_BOLD);
    float size = ui_dim(ui, 42, 26, 32), h, top = r.y, most = r.h * 0.42F;
    struct ui_font font = { size, size * 1.35F, true };
    const char *text = line_of(s)->text;

    r.y += ui_label(ui, UI_ROLE_TEXT, text_key(asks), text_of(asks), r, small, INK2,
                    UI_LEFT) +
           ui_dim(ui, 6, 2, 4);
    while ((h = ui_text(ui, r, text, font, 0, UI_CENTRE)) > most &&
           font.size > ui_dim(ui, SIZE_LEAST, 18, 20)) {
        font.size -= 2;
        font.line = font.size * 1.35F;
    }
    ui_label(ui, UI_ROLE_TEXT, SENTENCE, text, r, font, INK, UI_CENTRE);
    return r.y + h - top;
}

static void draw_wave(struct ui *ui, struct rect r, const struct recorder *rec)
{
    float gap = ui_dim(ui, 5, 3, 4), w, x;

    if (r.h < 30)
        return;
    ui_box(ui, r,
           &(struct ui_box_style){
               .fill = PAPER, .border = LINE, .line = 2, .radius = 18 });
    if (rec->state == RECORDER_IDLE) {
        struct ui_font font = staff_font(ui, STAFF_BODY);
        struct rect in = rect_inset(r, 16, 4);

        if (in.h < 200) /* the way to take a clip back stands below it */
            in.h -= 64;
        ui_text_middle(ui, in, text_of(T_vo_ready), font, INK2, UI_CENTRE);
        ui_node(ui, UI_ROLE_TEXT, STR(vo_ready), in, 0);
        return;
    }
    ui_node(ui, UI_ROLE_CHART, "vo.wave",
            rec->state == RECORDER_MAKING ? text_of(T_vo_making) : "", r, 0);
    r = rect_inset(r, ui_dim(ui, 22, 14, 18), r.h * 0.08F);
    w = (r.w - gap * (COLUMNS - 1)) / COLUMNS;
    x = r.x;
    for (size_t i = 0; i < COLUMNS; i++, x += w + gap) {
        float part = loudness_column(&rec->loudness, i, COLUMNS);
        float h = part > 0.06F ? r.h * part : r.h * 0.06F;

        ui_box(ui, (struct rect){ x, r.y + (r.h - h) / 2, w, h },
               &(struct ui_box_style){ .fill = part > 0.06F ? INDIGO : SAND2,
                                       .radius = 4 });
    }
}

static void draw_steps(struct ui *ui, struct rect r, const struct recorder *rec)
{
    float gap = 5, w = (r.w - gap * (LOUDNESS_STEPS - 1)) / LOUDNESS_STEPS;
    int lit = rec->state == RECORDER_LISTENING ? loudness_steps(&rec->loudness)
                                               : loudness_top(&rec->loudness);

    for (int i = 0; i < LOUDNESS_STEPS; i++) {
        uint32_t on = i < 6 ? LUA : i < 8 ? NGHE : SON;

        ui_box(ui, (struct rect){ r.x + (float)i * (w + gap), r.y, w, r.h },
               &(struct ui_box_style){ .fill = i < lit ? on : SAND2, .radius = 5 });
    }
}

struct verdict_chip {
    enum text_id word;
    enum chip_tone tone;
};

static struct verdict_chip chip_of(const struct recorder *rec)
{
    static const struct verdict_chip now[] = {
        [LOUDNESS_NOTHING] = { T_vo_silent, CHIP_NGHE },
        [LOUDNESS_QUIET] = { T_vo_now_quiet, CHIP_NGHE },
        [LOUDNESS_GOOD] = { T_vo_now, CHIP_LUA },
        [LOUDNESS_TOO_LOUD] = { T_vo_now_loud, CHIP_SON },
        [LOUDNESS_NOISY] = { T_vo_now, CHIP_LUA }
    };
    static const struct verdict_chip whole[] = {
        [LOUDNESS_NOTHING] = { T_vo_silent, CHIP_NGHE },
        [LOUDNESS_QUIET] = { T_vo_quiet, CHIP_NGHE },
        [LOUDNESS_GOOD] = { T_vo_level, CHIP_LUA },
        [LOUDNESS_TOO_LOUD] = { T_vo_loud, CHIP_SON },
        [LOUDNESS_NOISY] = { T_vo_noisy, CHIP_NGHE }
    };

    return rec->state == RECORDER_LISTENING ? now[loudness_now(&rec->loudness)]
                                            : whole[loudness_whole(&rec->loudness)];
}

static const char *seconds(struct ui *ui, long ms)
{
    return arena_printf(ui_arena(ui), "%ld,%ld", ms / 1000, ms / 100 % 10);
}

/* The line below the bar: how loud, how long, who. */
static void draw_line(struct app *app, struct ui *ui, struct rect r,
                      const struct record_page *s, const struct recording *kept)
{
    const struct recorder *rec = &app->recorder;
    struct ui_font font = staff_font(ui, STAFF_SMALL);
    const char *text = "";

    if (rec->state == RECORDER_IDLE) {
        text = !kept          ? ""
               : kept->spoilt ? text_of(T_vo_bad)
                              : text_fill(ui_arena(ui), text_of(T_vo_has), "ngay",
                                          kept->date, "ten", kept->speaker, NULL);
    } else {
        struct verdict_chip chip = chip_of(rec);
        float w = staff_chip(ui, text_key(chip.word), text_of(chip.word),
                             chip.tone == CHIP_LUA ? "check" : "warn", r.x,
                             r.y + r.h / 2, chip.tone) +
                  ui_dim(ui, 12, 8, 10);

        rect_cut_left(&r, w);
    }
    if (rec->state == RECORDER_LISTENING)
        text = text_fill(ui_arena(ui), text_of(T_vo_live), "s",
                         seconds(ui, (long)rec->loudness.n * 20), NULL);
    else if (rec->state == RECORDER_READY)
        text = text_fill(ui_arena(ui), text_of(T_vo_len), "s",
                         seconds(ui, rec->clip_ms), "ten", s->speaker.name, NULL);
    if (!*text)
        return;
    ui_text_middle(ui, r, text, font, INK2, UI_LEFT);
    ui_node(ui, UI_ROLE_TEXT, "vo.line", text, r, 0);
}

/* --- buttons ---------------------------------------------------------------------------- */

static struct rect third(struct rect r, int i, float gap)
{
    float w = (r.w - 2 * gap) / 3;

    return (struct rect){ r.x + (float)i * (w + gap), r.y, w, r.h };
}

static bool button(struct ui *ui, enum text_id word, struct rect r,
                   enum ui_button_kind kind, const char *icon, unsigned state)
{
    if (ui_panel(ui) == PANEL_CMP)
        icon = NULL; /* the words need the room */
    return staff_button(ui, text_key(word), text_of(word), r, kind, icon, state) &&
           !(state & UI_DISABLED);
}

static void hear(struct app *app, struct record_page *s, bool taken)
{
    const char *text = line_of(s)->text;
    enum err err;

    if (taken) {
        size_t n;
        const void *clip = recorder_clip(&app->recorder, &n);

        err = voice_say_bytes(app, SENTENCE, text, clip, n, app->recorder.clip_ms);
    } else {
        err = voice_say(app, s->lang, SENTENCE, text);
    }
    s->said = !err ? T_COUNT : err == ERR_OFFLINE ? T_vo_no_speaker : T_vo_no_clip;
}

/* Nothing was said yet, or it is kept: [Thu] [Nghe] [Câu tiếp]. */
static void idle_buttons(struct app *app, struct ui *ui, struct record_page *s,
                         struct rect r, float gap, bool kept)
{
    bool last = s->at + 1 >= s->lines.n;

    if (button(ui, kept ? T_vo_again : T_vo_start, third(r, 0, gap),
               kept ? UI_BUTTON_SECONDARY : UI_BUTTON_PRIMARY, "mic", 0)) {
        s->said = T_COUNT;
        recorder_start(app, line_of(s)->text);
    }
    if (button(ui, kept ? T_vo_play : T_vo_hear, third(r, 1, gap), UI_BUTTON_SECONDARY,
               "play", 0))
        hear(app, s, false);
    if (button(ui, T_vo_skip, third(r, 2, gap), UI_BUTTON_SECONDARY, "next",
               last ? UI_DISABLED : 0))
        go_on(app, s);
}

static void draw_buttons(struct app *app, struct ui *ui, struct record_page *s,
                         struct rect r, bool kept)
{
    float gap = ui_dim(ui, 13, 9, 10);

    switch (app->recorder.state) {
    case RECORDER_IDLE:
        idle_buttons(app, ui, s, r, gap, kept);
        break;
    case RECORDER_LISTENING:
        if (staff_button(ui, STR(vo_stop), r, UI_BUTTON_SUN, "stop", 0))
            recorder_stop(app);
        break;
    case RECORDER_MAKING:
        staff_button(ui, STR(vo_stop), r, UI_BUTTON_SUN, "stop", UI_DISABLED);
        break;
    case RECORDER_READY:
        if (button(ui, T_vo_again, third(r, 0, gap), UI_BUTTON_SECONDARY, "mic", 0))
            recorder_start(app, line_of(s)->text);
        if (button(ui, T_vo_play, third(r, 1, gap), UI_BUTTON_SECONDARY, "play", 0))
            hear(app, s, true);
        if (button(ui, T_vo_keep, third(r, 2, gap), UI_BUTTON_OK, "check", 0))
            keep(app, s, ui);
        break;
    }
}

static enum text_id trouble_words(enum recorder_trouble trouble)
{
    static const enum text_id words[] = { [RECORDER_FINE] = T_COUNT,
                                          [RECORDER_NO_MICROPHONE] = T_vo_no_mic,
                                          [RECORDER_NOBODY_SPOKE] = T_vo_nobody,
                                          [RECORDER_NO_MAKER] = T_vo_no_maker };

    return words[trouble];
}

/* A small way to take back what was recorded, in the corner of the picture of the voice. */
static void draw_drop(struct ui *ui, struct record_page *s, struct rect r)
{
    float w = staff_button_width(ui, text_of(T_vo_drop), "trash");
    struct rect at = { r.x + r.w - w - 10, r.y + r.h - ui_dim(ui, 74, 62, 68), w,
                       ui_dim(ui, 60, 50, 56) };

    if (staff_button(ui, STR(vo_drop), at, UI_BUTTON_SECONDARY, "trash", 0))
        s->asking = true;
}

void record_sentence_frame(struct app *app, struct ui *ui, struct record_page *s,
                           struct rect r)
{
    const struct recorder *rec = &app->recorder;
    const struct recording *kept =
        recordings_row(app->recordings, s->lang, line_of(s)->text);
    enum text_id said = s->said != T_COUNT ? s->said : trouble_words(rec->trouble);
    float gap = ui_dim(ui, 8, 4, 6);
    struct rect buttons, line, steps;

    staff_panel(ui, r);
    r = rect_inset(r, ui_dim(ui, 22, 14, 16), ui_dim(ui, 16, 8, 12));
    rect_cut_top(&r, draw_sentence(ui, r, s) + gap);
    buttons = rect_cut_bottom(&r, ui_dim(ui, 82, 66, 76));
    buttons.h -= LIP;
    rect_cut_bottom(&r, gap);
    line = rect_cut_bottom(&r, ui_dim(ui, 44, 40, 48));
    rect_cut_bottom(&r, gap);
    steps = rect_cut_bottom(&r, 16);
    rect_cut_bottom(&r, gap);
    draw_wave(ui, r, rec);
    draw_steps(ui, steps, rec);
    if (kept && rec->state == RECORDER_IDLE)
        draw_drop(ui, s, r);
    if (said != T_COUNT)
        desk_say(ui, rect_inset(r, 8, 8), text_of(said), CHIP_NGHE);
    draw_line(app, ui, line, s, kept);
    draw_buttons(app, ui, s, buttons, kept && !kept->spoilt);
    if (s->asking)
        ask_drop(app, s, ui);
}
