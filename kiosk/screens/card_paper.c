/* The card on screen, and how printing stands. */
#include "screens/card_paper.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/helper.h"
#include "base/buf.h"
#include "base/hash.h"
#include "screens/bar.h"
#include "ui/controls.h"

static const char *words_of(struct ui *ui, const struct printing *p, enum text_id *id)
{
    static const enum text_id texts[] = {
        [PRINTING_MAKING] = T_pr_making, [PRINTING_SENDING] = T_pr_sending,
        [PRINTING_PAPER] = T_pr_paper,   [PRINTING_USB] = T_pr_usb,
        [PRINTING_NO_WAY] = T_pr_no_way, [PRINTING_NO_MAKER] = T_pr_no_maker,
        [PRINTING_FAILED] = T_pr_failed
    };

    *id = p->state == PRINTING_STICK ? T_pr_failed : texts[p->state];
    return p->state == PRINTING_STICK
               ? p->words
               : text_fill(ui_arena(ui), text_of(*id), "tep", p->file, NULL);
}

void paper_state(struct app *app, struct ui *ui, struct rect r)
{
    struct printing *p = &app->printing;
    bool good;
    enum text_id id;
    const char *text;

    printing_tick(app, p);
    if (p->state == PRINTING_IDLE)
        return;
    if (printing_busy(p))
        ui_wake_in(ui, HELPER_TICK_MS);
    good = printing_busy(p) || p->state == PRINTING_PAPER || p->state == PRINTING_USB;
    text = words_of(ui, p, &id);
    ui_label(ui, UI_ROLE_TEXT, text_key(id), text, r, staff_font(ui, STAFF_BODY),
             good ? LUA : SON, UI_LEFT);
}

const char *paper_code(struct ui *ui, const char *code)
{
    return arena_printf(ui_arena(ui), "%.3s %s", code,
                        strlen(code) > 3 ? code + 3 : "");
}

const char *paper_entry(struct app *app, struct ui *ui, const struct people_entry *e)
{
    struct arena *a = ui_arena(ui);
    const char *thon = app_list_name(app, COMMUNE_THON, e->thon, a);
    const char *card = *e->code ? text_fill(a, text_of(T_find_about), "so",
                                            paper_code(ui, e->code), NULL)
                                : "";

    return arena_printf(a, "%s%s%s%s%s", e->year > 0 ? page_number(ui, e->year) : "",
                        e->year > 0 && *thon ? " · " : "", thon,
                        *card && (e->year > 0 || *thon) ? " · " : "", card);
}

const char *paper_about(struct app *app, struct ui *ui,
                        const struct person_record *record)
{
    struct arena *a = ui_arena(ui);
    const char *thon = app_list_name(app, COMMUNE_THON, record->cohort.thon, a);
    const char *born = record->details.year > 0
                           ? text_fill(a, text_of(T_card_born), "nam",
                                       page_number(ui, record->details.year), NULL)
                           : "";
    const char *lives =
        *thon ? text_fill(a, text_of(T_card_thon), "ten", thon, NULL) : "";

    return arena_printf(a, "%s%s%s", born, *born && *lives ? " · " : "", lives);
}

/* Dark modules side by side are one box. */
void paper_qr_draw(struct ui *ui, struct rect r, const struct qr *qr)
{
    float one = r.w / (float)(qr->side + 2 * QR_QUIET);

    ui_node(ui, UI_ROLE_IMAGE, STR(card_qr), r, 0);
    ui_box(ui, r, &(struct ui_box_style){ .fill = SURFACE });
    for (int y = 0; y < qr->side; y++)
        for (int x = 0, from; x < qr->side; x++) {
            if (!qr->dark[y][x])
                continue;
            for (from = x; x + 1 < qr->side && qr->dark[y][x + 1];)
                x++;
            ui_box(ui,
                   (struct rect){ r.x + one * (float)(QR_QUIET + from),
                                  r.y + one * (float)(QR_QUIET + y),
                                  one * (float)(x - from + 1), one },
                   &(struct ui_box_style){ .fill = INK });
        }
}

static void draw_words(struct app *app, struct ui *ui, struct rect r,
                       const struct person_record *record)
{
    struct ui_font name = { ui_dim(ui, 40, 28, 30), ui_dim(ui, 50, 35, 38), true };
    struct ui_font plain = { ui_dim(ui, 22, 17, 18), ui_dim(ui, 31, 23, 25), false };
    struct ui_font code = { ui_dim(ui, 52, 36, 40), ui_dim(ui, 62, 43, 48), true };
    const char *who =
        *record->details.name ? record->details.name : text_of(T_card_sealed);
    const char *about = paper_about(app, ui, record), *lost = text_of(T_card_lost);
    float h_name = ui_text(ui, r, who, name, 0, UI_LEFT);
    float h_about = ui_text(ui, r, about, plain, 0, UI_LEFT);
    float h_lost = ui_text(ui, r, lost, plain, 0, UI_LEFT);
    float used = h_name + h_about + code.line + h_lost + 12;

    if (used < r.h)
        rect_cut_top(&r, (r.h - used) / 2);
    ui_label(ui, UI_ROLE_TEXT, "card.name", who, rect_cut_top(&r, h_name), name, INK,
             UI_LEFT);
    ui_label(ui, UI_ROLE_TEXT, "card.about", about, rect_cut_top(&r, h_about), plain,
             INK2, UI_LEFT);
    rect_cut_top(&r, 12);
    ui_label(ui, UI_ROLE_TEXT, "card.code", paper_code(ui, record->code),
             rect_cut_top(&r, code.line), code, INK, UI_LEFT);
    ui_label(ui, UI_ROLE_TEXT, STR(card_lost), rect_cut_top(&r, h_lost), plain, INK2,
             UI_LEFT);
}

void paper_card_draw(struct app *app, struct ui *ui, struct rect r,
                     const struct person_record *record, const struct qr *qr)
{
    struct ui_font head = { ui_dim(ui, 26, 20, 22), ui_dim(ui, 33, 25, 28), true };
    struct ui_font sub = { ui_dim(ui, 20, 16, 17), ui_dim(ui, 25, 20, 21), false };
    float side = ui_dim(ui, 232, 150, 170), pad = ui_dim(ui, 28, 16, 18), glyph = 44;
    const char *commune = app_commune(app, ui_arena(ui));
    struct rect band, in = r;

    ui_shadow(ui, r, 30);
    ui_box(ui, r,
           &(struct ui_box_style){
               .fill = SURFACE, .border = LINE, .line = 2, .radius = 30 });
    band = rect_cut_top(&in, head.line + sub.line + ui_dim(ui, 32, 20, 22));
    ui_box(
        ui, band,
        &(struct ui_box_style){ .fill = SON, .radius = 30, .corners = UI_CORNERS_TOP });
    band = rect_inset(band, pad, 0);
    ui_icon(ui, rect_centre(rect_cut_left(&band, glyph), glyph, glyph), "star", NGHE);
    rect_cut_left(&band, 16);
    band = rect_centre(band, band.w, head.line + sub.line);
    ui_text(ui, rect_cut_top(&band, head.line), text_of(T_card_h), head, SURFACE,
            UI_LEFT);
    staff_line(ui, band,
               *commune ? text_fill(ui_arena(ui), text_of(T_card_programme), "xa",
                                    commune, NULL)
                        : text_of(T_app_name),
               sub, SURFACE);
    rect_cut_bottom(&in, 18);
    ui_band(ui, (struct rect){ r.x + 2, r.y + r.h - 30, r.w - 4, BAND_H });
    in = rect_inset(in, pad, 6);
    if (qr->side > 0)
        paper_qr_draw(ui, rect_centre(rect_cut_left(&in, side), side, side), qr);
    rect_cut_left(&in, ui_dim(ui, 24, 14, 14));
    draw_words(app, ui, in, record);
}

struct paper_place paper_place_here(struct app *app, struct ui *ui, const char *group)
{
    return (struct paper_place){ .commune = app_commune(app, ui_arena(ui)),
                                 .group = group,
                                 .wall_ms = clock_wall_ms(app->clock) };
}

void paper_print(struct app *app, struct buf *json, const char *file)
{
    if (json->overflow)
        app->printing.state = PRINTING_FAILED;
    else
        printing_start(app, &app->printing, json, file);
    hash_wipe(json->data, json->len);
    buf_finish(json);
}

void paper_card_print(struct app *app, struct ui *ui,
                      const struct person_record *record)
{
    struct paper_place place = paper_place_here(app, ui, "");
    struct paper_card card = { .name = record->details.name,
                               .about = paper_about(app, ui, record) };
    struct buf json;

    memcpy(card.code, record->code, sizeof(card.code));
    if (app_person_card(app, card.qr)) {
        app->printing.state = PRINTING_FAILED;
        return;
    }
    buf_init(&json, PAPER_BYTES);
    paper_cards(&place, &card, 1, &json);
    hash_wipe(&card, sizeof(card));
    paper_print(app, &json, arena_printf(ui_arena(ui), "the-%s.pdf", record->code));
}
