/* Words and numbers into documents; how they look is tools/print's. */
#include "app/paper.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "store/contests.h"
#include "ui/strings.h"

#define DAY_MS 86400000
#define ZONE_MS (7 * 3600000)

static void time_of(int64_t wall_ms, int *hour, int *minute)
{
    int64_t of_day = (wall_ms + ZONE_MS) % DAY_MS;

    *hour = (int)(of_day / 3600000);
    *minute = (int)(of_day / 60000 % 60);
}

static void begin(struct buf *out, const char *kind, const char *title, int64_t wall_ms)
{
    char day[11], date[40];
    int hour, minute;

    clock_day_text(clock_day(wall_ms), day);
    time_of(wall_ms, &hour, &minute);
    (void)snprintf(date, sizeof(date), "%sT%02d:%02d:00+07:00", day, hour, minute);
    json_open(out, NULL, '{');
    json_put_text(out, "kind", kind);
    json_put_text(out, "pdf_title", title);
    json_put_text(out, "date", date);
}

static void put_cards(const struct paper_place *place, enum text_id title,
                      enum text_id lost, const struct paper_card *cards, size_t n,
                      struct buf *out)
{
    struct arena arena = { 0 };

    begin(out, "cards", text_of(title), place->wall_ms);
    json_open(out, "words", '{');
    json_put_text(out, "heading",
                  *place->group ? text_fill(&arena, text_of(T_pp_sheet), "lop",
                                            place->group, NULL)
                                : text_of(T_cs_h));
    json_put_text(out, "cut", text_of(T_cs_cut));
    json_put_text(out, "foot", text_of(T_cs_foot));
    json_put_text(out, "title", text_of(title));
    json_put_text(out, "programme",
                  arena_printf(&arena, "%s · %s", text_of(T_app_name), place->commune));
    json_put_text(out, "lost", text_of(lost));
    json_put_text(out, "blank", text_of(T_pf_name));
    json_close(out, '}');
    json_open(out, "cards", '[');
    for (size_t i = 0; i < n; i++) {
        json_open(out, NULL, '{');
        json_put_text(out, "name", cards[i].name);
        json_put_text(out, "about", cards[i].about);
        json_put_text(out, "code", cards[i].code);
        json_put_text(out, "qr", cards[i].qr);
        json_close(out, '}');
    }
    json_close(out, ']');
    json_close(out, '}');
    arena_finish(&arena);
}

void paper_cards(const struct paper_place *place, const struct paper_card *cards,
                 size_t n, struct buf *out)
{
    put_cards(place, T_card_h, T_card_lost, cards, n, out);
}

void paper_key_card(const struct paper_place *place, const struct paper_card *card,
                    struct buf *out)
{
    put_cards(place, T_kc_h, T_kc_lost, card, 1, out);
}

static void line(struct buf *out, const char *label, const char *value)
{
    json_open(out, NULL, '[');
    json_put_text(out, NULL, label);
    json_put_text(out, NULL, value);
    json_close(out, ']');
}

void paper_receipt(const struct paper_place *place, const struct erase_receipt *receipt,
                   const char *by, struct buf *out)
{
    struct arena arena = { 0 };
    const char *when = text_of(T_pp_no_clock);
    int year, month, day, hour, minute;

    begin(out, "receipt", text_of(T_pp_receipt), place->wall_ms);
    if (receipt->wall_ms > 0) {
        clock_day_civil(clock_day(receipt->wall_ms), &year, &month, &day);
        time_of(receipt->wall_ms, &hour, &minute);
        when = arena_printf(&arena, "%02d:%02d, %02d/%02d/%d", hour, minute, day, month,
                            year);
    }
    json_put_text(out, "org",
                  text_fill(&arena, text_of(T_pp_org), "noi", place->commune, NULL));
    json_put_text(out, "title", text_of(T_pp_receipt));
    json_open(out, "lines", '[');
    line(out, text_of(T_pp_number), receipt->number);
    line(out, text_of(T_pp_at), when);
    line(out, text_of(T_pp_erased), text_of(T_pp_erased_list));
    line(out, text_of(T_pp_kept), text_of(T_pp_kept_list));
    line(out, text_of(T_pp_by), by);
    json_close(out, ']');
    json_open(out, "notes", '[');
    json_put_text(out, NULL, text_of(T_pp_server));
    json_close(out, ']');
    json_close(out, '}');
    arena_finish(&arena);
}

void paper_person(const struct paper_place *place, const char *title,
                  const struct paper_line *lines, size_t n, const char *passport,
                  struct buf *out)
{
    struct arena arena = { 0 };

    begin(out, "person", title, place->wall_ms);
    json_put_text(out, "org",
                  text_fill(&arena, text_of(T_pp_org), "noi", place->commune, NULL));
    json_put_text(out, "title", title);
    json_open(out, "lines", '[');
    for (size_t i = 0; i < n; i++)
        line(out, lines[i].label, lines[i].value);
    json_close(out, ']');
    if (*passport) {
        json_open(out, "notes", '[');
        json_put_text(out, NULL, text_of(T_pp_passport));
        json_close(out, ']');
        json_put_text(out, "qr", passport);
    }
    json_close(out, '}');
    arena_finish(&arena);
}

/* As people copy it out. */
static const char *in_fives(struct arena *arena, const char *text)
{
    size_t n = strlen(text), used = 0;
    char *out = arena_alloc(arena, n + n / 5 + 1);

    for (size_t i = 0; i < n; i++) {
        if (i && i % 5 == 0)
            out[used++] = ' ';
        out[used++] = text[i];
    }
    out[used] = 0;
    return out;
}

void paper_certificate(const struct paper_place *place,
                       const struct paper_certificate *certificate, struct buf *out)
{
    struct arena arena = { 0 };

    begin(out, "certificate", text_of(T_home_cert), place->wall_ms);
    json_put_text(out, "title", text_of(T_cert_h));
    json_put_text(out, "of",
                  text_fill(&arena, text_of(T_cert_of), "xa", place->commune, NULL));
    json_put_text(out, "name", certificate->name);
    json_put_text(out, "blank", text_of(T_cert_name));
    json_put_text(out, "what", text_of(T_cert_what));
    json_put_text(
        out, "part",
        text_fill(&arena, text_of(T_cert_part), "phan", certificate->part, NULL));
    json_put_text(out, "class_name", text_of(T_cert_class));
    json_put_text(out, "day", certificate->date);
    json_put_text(out, "number", certificate->number);
    json_put_text(out, "check", text_of(T_cert_check));
    json_put_text(out, "code", in_fives(&arena, certificate->qr));
    json_put_text(out, "foot", text_of(T_cert_foot));
    json_put_text(out, "qr", certificate->qr);
    json_close(out, '}');
    arena_finish(&arena);
}

static void put_sheet_words(const struct paper_place *place, struct buf *out)
{
    json_open(out, "words", '{');
    json_put_text(out, "app", text_of(T_app_name));
    json_put_text(out, "commune", place->commune);
    json_put_text(out, "kind", text_of(T_th_what));
    json_put_text(out, "todo", text_of(T_th_do));
    json_put_text(out, "help", text_of(T_th_call));
    json_close(out, '}');
}

static void put_steps(const struct paper_sheet *sheet, struct buf *out)
{
    json_open(out, "steps", '[');
    for (size_t i = 0; i < sheet->n_steps; i++) {
        json_open(out, NULL, '{');
        json_put_text(out, "picture", sheet->steps[i].picture);
        json_put_text(out, "text", sheet->steps[i].text);
        json_close(out, '}');
    }
    json_close(out, ']');
}

/* "In ngày 22/11/2026"; "" when the machine does not know. */
static const char *printed_on(struct arena *arena, int64_t wall_ms)
{
    int year, month, day;

    if (wall_ms <= 0)
        return "";
    clock_day_civil(clock_day(wall_ms), &year, &month, &day);
    return text_fill(arena, text_of(T_th_date), "ngay",
                     arena_printf(arena, "%02d/%02d/%d", day, month, year), NULL);
}

void paper_sheet(const struct paper_place *place, const struct paper_sheet *sheet,
                 struct buf *out)
{
    struct arena arena = { 0 };

    begin(out, "sheet", sheet->title, place->wall_ms > 0 ? place->wall_ms : 0);
    put_sheet_words(place, out);
    json_put_text(out, "title", sheet->title);
    json_put_text(out, "remember", sheet->remember);
    json_put_text(out, "lead", sheet->lead ? sheet->lead : "");
    json_put_text(out, "lead_text", sheet->lead ? sheet->lead_text : "");
    put_steps(sheet, out);
    json_open(out, "todo", '[');
    json_put_text(out, NULL, text_of(T_th_tell));
    json_put_text(out, NULL, text_of(T_th_save));
    json_put_text(out, NULL,
                  sheet->next
                      ? text_fill(&arena, text_of(T_th_next), "bai", sheet->next, NULL)
                      : text_of(T_th_last));
    json_close(out, ']');
    json_put_text(out, "code", sheet->id);
    json_put_text(out, "qr", sheet->qr);
    json_put_text(out, "foot",
                  text_fill(&arena, text_of(T_th_foot), "i",
                            arena_printf(&arena, "%zu", sheet->number), "n",
                            arena_printf(&arena, "%zu", sheet->of), "phan", sheet->part,
                            NULL));
    json_put_text(out, "date_text", printed_on(&arena, place->wall_ms));
    json_close(out, '}');
    arena_finish(&arena);
}

static const char *number(struct arena *arena, long long n)
{
    return arena_printf(arena, "%lld", n);
}

static void put_places(const struct contest_record *contest, struct arena *arena,
                       struct buf *out)
{
    const struct contest *game = &contest->game;
    struct contest_place places[CONTEST_TEAMS_MAX];

    contest_places(game, places);
    json_open(out, "rows", '[');
    for (size_t i = 0; i < game->n_teams; i++) {
        const struct contest_place *p = &places[i];
        const char *right = number(arena, (long long)p->n_right);

        json_open(out, NULL, '[');
        json_put_text(out, NULL,
                      arena_printf(arena, "%zu%s", p->place, p->shared ? " =" : ""));
        json_put_text(out, NULL, contest->teams[p->team]);
        json_put_text(out, NULL,
                      game->n_extra
                          ? arena_printf(arena, "%s + %zu", right, p->n_extra_right)
                          : right);
        json_put_text(out, NULL, number(arena, p->seconds));
        json_close(out, ']');
    }
    json_close(out, ']');
}

/* "10 câu hỏi, mỗi câu 30 giây. Ngày 27/11/2026." */
static const char *about(const struct contest_record *contest, struct arena *arena)
{
    int year, month, day;
    const char *when = text_of(T_of_noday);

    if (contest->day >= 0) {
        clock_day_civil(contest->day, &year, &month, &day);
        when = arena_printf(arena, "%02d/%02d/%d", day, month, year);
    }
    return text_fill(arena, text_of(T_cp_about), "n",
                     number(arena, (long long)contest_n_counted(&contest->game)), "s",
                     number(arena, contest->seconds), "ngay", when, NULL);
}

void paper_result(const struct paper_place *place, const struct contest_record *contest,
                  struct buf *out)
{
    static const enum text_id columns[] = { T_cp_place, T_cp_team, T_cp_right,
                                            T_cp_time };
    struct arena arena = { 0 };

    begin(out, "result", contest->name, place->wall_ms > 0 ? place->wall_ms : 0);
    json_put_text(out, "org",
                  text_fill(&arena, text_of(T_pp_org), "noi", place->commune, NULL));
    json_put_text(out, "kind_text", text_of(T_cp_title));
    json_put_text(out, "title", contest->name);
    json_put_text(out, "about", about(contest, &arena));
    json_open(out, "columns", '[');
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
        json_put_text(out, NULL, text_of(columns[i]));
    json_close(out, ']');
    put_places(contest, &arena, out);
    json_open(out, "notes", '[');
    json_put_text(out, NULL, text_of(T_cp_rule));
    if (contest->game.n_extra)
        json_put_text(out, NULL, text_of(T_cp_extra));
    if (contest_is_tied(&contest->game))
        json_put_text(out, NULL, text_of(T_cp_shared));
    json_put_text(out, NULL, text_of(T_cp_apart));
    json_close(out, ']');
    json_open(out, "sign", '[');
    json_put_text(out, NULL, text_of(T_cp_host));
    json_put_text(out, NULL, text_of(T_cp_board));
    json_close(out, ']');
    json_close(out, '}');
    arena_finish(&arena);
}
