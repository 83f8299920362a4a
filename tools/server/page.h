/* What the pages for officials share: the frame, the choice of the period, small parts.
 * Server-rendered HTML and SVG, no script, for old computers and phones. */
#pragma once

#include "base/err.h"
#include "gate.h"
#include "http.h"
#include "period.h"
#include "server.h"

struct arena;
struct buf;
struct figure;
struct figures;

struct visit {
    struct server *server;
    const struct http_request *request;
    const struct visitor *visitor;
};

/* A page of pages.h. Errors: of the store; the caller then answers 503. */
typedef enum err page_fn(const struct visit *v, struct http_response *r);

/* --- the frame (page_frame.c) ------------------------------------------------------- */

/* Up to the opened body, with the woven band: of every page. `title` stands before the
 * commune's name in the window's title; "" is nothing. */
void page_head(struct buf *out, const char *title, const char *commune);
/* Head, navigation, opened main. Errors: of the store. */
NODISCARD enum err page_begin(const struct visit *v, struct buf *out,
                              const char *title);
/* A page of communes asked of a province, or the other way round? ("/" is both's.) */
bool page_is_elsewhere(const struct server *s, const char *path);
/* Links to the pages that the visitor may see; `bottom`: the few of a phone. */
void page_places(const struct visit *v, struct buf *out, bool bottom);
/* Links between the pages of the emulation movement, which share one place. */
void page_emulation_places(const struct visit *v, struct buf *out);
/* Who is here, and the way out. */
void page_me_links(const struct visit *v, struct buf *out);
void page_end(struct buf *out);
/* The round seal with the star. */
void page_seal(struct buf *out);
/* A drawing of 24 units by the path of its lines. */
void page_icon(struct buf *out, const char *path);
/* Title and line under it; page_top_end closes what may stand at their right. */
void page_top(struct buf *out, const char *title, const char *line);
void page_top_end(struct buf *out);
/* An answer that is a page of a few words. Errors: of the store. */
NODISCARD enum err page_say(const struct visit *v, struct http_response *r,
                            unsigned status, const char *title, const char *words);
/* The posted thing is done: look at `path`. */
void page_see(struct http_response *r, const char *path);
/* Opens a form that is posted to `path`, with its token. */
void page_form(const struct visit *v, struct buf *out, const char *path,
               const char *class_name);

/* --- the period (page_period.c) ----------------------------------------------------- */

/* ?period=…, or ?tu=…&den=… of the form; else this half-year. */
struct period page_period(const struct visit *v);
/* Kinds, steps, free days; links lead to the page that is asked for. */
void page_period_choice(const struct visit *v, const struct period *p, struct buf *out);
/* "6 tháng cuối năm 2026, so với 6 tháng đầu năm 2026" */
void page_period_line(const struct period *p, struct buf *out);

/* Draws figures; `before`: of the period before, NULL when they cannot be compared. */
typedef void page_writer(const struct visit *v, struct buf *out,
                         const struct figures *f, const struct figures *before);
/* A whole page of the chosen period's figures. Errors: those of figures_read_both. */
NODISCARD enum err page_compared(const struct visit *v, struct http_response *r,
                                 const char *title, page_writer *write);

/* --- small parts (page_parts.c) ----------------------------------------------------- */

void page_box(struct buf *out, const char *id, const char *class_name,
              const char *title);
void page_box_end(struct buf *out);
/* A wide table that scrolls by itself where there is no room: up to the opened thead, and
 * what closes it. */
void page_table(struct buf *out, const char *label);
void page_table_end(struct buf *out);
void page_none(struct buf *out);
/* "Tải bảng (CSV)" of the period. */
void page_download(struct buf *out, const struct period *p);
/* <td> with a number, "1.200–1.350" for people of free days, or "chưa có". */
void page_cell(struct buf *out, const struct figure *v);
void page_value(struct buf *out, const struct figure *v);
/* "+164 so với kỳ trước"; nothing where one of both is not known or not one number. */
void page_change(struct buf *out, const struct figure *now,
                 const struct figure *before);
/* <td> "47%" of two figures, or "–". */
void page_share_cell(struct buf *out, const struct figure *v, const struct figure *of);
int page_percent(int64_t v, int64_t of);
/* "9 ngày trước" */
void page_ago(struct buf *out, int64_t ms);
/* "22/11/2026 08:40" of a wall time. */
void page_moment(struct buf *out, int64_t wall_ms);
/* "22/11/2026" of "2026-11-22". */
void page_day(struct buf *out, const char *day);
/* The name of a thôn, or that it has none. */
void page_thon_name(struct buf *out, const char *code, const char *name);
