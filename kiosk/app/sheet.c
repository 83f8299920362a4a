/* From an open pack to the words and pictures of paper_sheet. */
#include "app/sheet.h"

#include <stdio.h>

#include "app/paper.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/encoding.h"
#include "base/panel.h"
#include "lesson/address.h"
#include "lesson/pack.h"

#define PREFIX "BL1"

_Static_assert(SHEET_STEPS_MAX == PAPER_STEPS_MAX, "what is chosen fits on the paper");

/* --- which cards ---------------------------------------------------------------------- */

struct sheet_choice sheet_choose(const struct lesson *lesson)
{
    struct sheet_choice c = { 0 };
    size_t shown[LESSON_CARDS_MAX] = { 0 }, n = 0, from, lead;

    for (size_t i = 0; i < lesson->n_cards; i++)
        if (lesson->cards[i].picture && !lesson->cards[i].say)
            shown[n++] = i;
    if (n > SHEET_LEADLESS_MAX) {
        for (lead = 0; lead < n && !lesson->cards[shown[lead]].warns;)
            lead++;
        lead = lead < n ? lead : 0;
        c.has_lead = true;
        c.lead = shown[lead];
        for (n--; lead < n; lead++)
            shown[lead] = shown[lead + 1];
    }
    from = n > SHEET_STEPS_MAX ? n - SHEET_STEPS_MAX : 0;
    for (size_t i = from; i < n; i++)
        c.steps[c.n_steps++] = shown[i];
    return c;
}

void sheet_code(const char *lesson_id, char out[SHEET_CODE_CHARS])
{
    snprintf(out, SHEET_CODE_CHARS, "%s%s", PREFIX, lesson_id);
    for (char *c = out; *c; c++)
        if (*c >= 'a' && *c <= 'z')
            *c = (char)(*c - 'a' + 'A');
}

/* --- the document --------------------------------------------------------------------- */

static enum err picture_of(const struct pack *pack, const struct card *card,
                           enum panel panel, struct arena *arena, const char **out)
{
    struct buf png, coded;
    enum err err;

    buf_init(&png, PACK_OBJECT_MAX);
    buf_init(&coded, SHEET_DOCUMENT_MAX);
    err = pack_object(pack, card->picture->object[panel], &png);
    if (!err)
        encoding_base64url(png.data, png.len, &coded);
    if (!err && coded.overflow)
        err = ERR_FULL;
    if (!err)
        *out = arena_strdup(arena, buf_text(&coded));
    buf_finish(&coded);
    buf_finish(&png);
    return err;
}

static enum err take_pictures(const struct pack *pack, const struct lesson *lesson,
                              struct arena *arena, struct paper_sheet *sheet)
{
    const struct sheet_choice c = sheet_choose(lesson);
    enum err err = c.n_steps ? ERR_OK : ERR_REJECTED;

    if (!err && c.has_lead)
        sheet->lead_text = lesson->cards[c.lead].title;
    if (!err && c.has_lead)
        err = picture_of(pack, &lesson->cards[c.lead], PANEL_WIDE, arena, &sheet->lead);
    for (size_t i = 0; !err && i < c.n_steps; i++) {
        const struct card *card = &lesson->cards[c.steps[i]];
        struct paper_step *step = &sheet->steps[sheet->n_steps++];

        step->text = card->title;
        err = picture_of(pack, card, PANEL_REG, arena, &step->picture);
    }
    return err;
}

enum err sheet_document(const struct pack *pack, size_t index,
                        const struct paper_place *place, struct buf *out)
{
    const struct pack_info *info = pack_info(pack);
    char code[SHEET_CODE_CHARS];
    struct paper_sheet sheet = { 0 };
    struct arena arena = { 0 };
    struct lesson *lesson;
    const struct pack_module *module;
    enum err err = index < info->n_lessons ? ERR_OK : ERR_REJECTED;

    if (!err)
        err = pack_lesson(pack, index, &arena, &lesson);
    if (err)
        goto fail;
    address_lesson(lesson, &arena);
    module = &info->modules[info->lessons[index].module];
    sheet_code(lesson->id, code);
    sheet.id = lesson->id;
    sheet.qr = code;
    sheet.title = lesson->title;
    sheet.remember = lesson->remember;
    sheet.next = index + 1 < info->n_lessons ? info->lessons[index + 1].title : NULL;
    sheet.part = module->title;
    sheet.number = index - module->first_lesson + 1;
    sheet.of = module->n_lessons;
    err = take_pictures(pack, lesson, &arena, &sheet);
    if (err)
        goto fail;
    paper_sheet(place, &sheet, out);
    if (out->overflow)
        err = ERR_FULL;

fail:
    arena_finish(&arena);
    return err;
}
