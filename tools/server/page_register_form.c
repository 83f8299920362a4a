/* The form of a register: each field by its type, and back from what was posted. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "form.h"
#include "html.h"
#include "page_register.h"

#define NAME_BYTES 96
#define SHORT_BYTES 64
#define MONTH_CHARS 7 /* 2026-11 */
#define CODES_MAX 1000
#define REFUSED "\x01" /* no field takes it */

struct drawing {
    struct buf *out;
    const struct register_names *names;
    const struct register_field *f;
    const char *value;
};

/* ` id="f-thon" name="thon"`: codes are ours. */
static void id_and_name(const struct drawing *d, const char *suffix)
{
    buf_printf(d->out, " id=\"f-%s%s\" name=\"%s%s\"", d->f->code, suffix, d->f->code,
               suffix);
    if (d->f->hint)
        buf_printf(d->out, " aria-describedby=\"h-%s\"", d->f->code);
}

static void label(const struct drawing *d, const char *suffix, const char *title)
{
    buf_printf(d->out, "<label for=\"f-%s%s\">", d->f->code, suffix);
    html_text(d->out, title);
    html_literal(d->out, d->f->required     ? ""
                         : d->f->of_consent ? " <span class=\"mute\">(khi đã đồng ý)"
                                              "</span>"
                                            : " <span class=\"mute\">(nếu có)</span>");
    html_raw(d->out, "</label>");
}

static void input(const struct drawing *d, const char *suffix, const char *type,
                  const char *value, size_t n_value)
{
    char text[SHORT_BYTES * 8];

    buf_printf(d->out, "<input type=\"%s\"", type);
    id_and_name(d, suffix);
    html_literal(d->out, d->f->required ? " required" : "");
    html_raw(d->out, " value=\"");
    snprintf(text, sizeof(text), "%.*s", (int)n_value, value);
    html_text(d->out, text);
    html_raw(d->out, "\"");
}

static void draw_line(const struct drawing *d)
{
    label(d, "", d->f->title);
    input(d, "", "text", d->value, strlen(d->value));
    buf_printf(d->out, " maxlength=\"%" PRId64 "\" autocomplete=\"off\">", d->f->max);
}

static void draw_long(const struct drawing *d)
{
    label(d, "", d->f->title);
    html_raw(d->out, "<textarea rows=\"4\"");
    id_and_name(d, "");
    buf_printf(d->out, " maxlength=\"%" PRId64 "\"%s>\n", d->f->max,
               d->f->required ? " required" : "");
    html_text(d->out, d->value);
    html_raw(d->out, "</textarea>");
}

static void draw_number(const struct drawing *d)
{
    label(d, "", d->f->title);
    input(d, "", "number", d->value, strlen(d->value));
    buf_printf(d->out, " min=\"0\" max=\"%" PRId64 "\">", d->f->max);
}

static void draw_day(const struct drawing *d)
{
    label(d, "", d->f->title);
    input(d, "", "date", d->value, strlen(d->value));
    html_raw(d->out, " placeholder=\"2026-11-22\">");
}

/* Browsers without a field for months show one of text. */
static void month_input(const struct drawing *d, const char *suffix, const char *value)
{
    input(d, suffix, "month", value, MONTH_CHARS);
    html_raw(d->out, " placeholder=\"2026-11\" pattern=\"[0-9]{4}-[0-9]{2}\">");
}

static void draw_month(const struct drawing *d)
{
    label(d, "", d->f->title);
    month_input(d, "", d->value);
}

static void draw_months(const struct drawing *d)
{
    const char *dots = strstr(d->value, "..");

    html_raw(d->out, "<fieldset><legend>");
    html_text(d->out, d->f->title);
    html_raw(d->out, "</legend>");
    label(d, "-tu", "Từ tháng");
    month_input(d, "-tu", d->value);
    label(d, "-den", "Đến tháng");
    month_input(d, "-den", dots ? dots + 2 : "");
    html_raw(d->out, "</fieldset>");
}

static void option(const struct drawing *d, const char *code, const char *word)
{
    html_raw(d->out, "<option value=\"");
    html_text(d->out, code);
    html_literal(d->out, strcmp(code, d->value) ? "\">" : "\" selected>");
    html_text(d->out, word);
    html_raw(d->out, "</option>");
}

static void draw_select(const struct drawing *d)
{
    enum register_list list =
        d->f->type == REGISTER_THON ? REGISTER_OF_THONS : REGISTER_OF_UNITS;

    label(d, "", d->f->title);
    html_raw(d->out, "<select");
    id_and_name(d, "");
    html_literal(d->out, d->f->required ? " required>" : ">");
    if (d->f->type == REGISTER_THON && d->f->required)
        option(d, REGISTER_EVERYWHERE, "Toàn xã");
    else
        option(d, "", "Chưa chọn");
    for (size_t i = 0; i < d->names->n[list]; i++)
        option(d, d->names->rows[list][i].code, d->names->rows[list][i].word);
    if (*d->value && strcmp(d->value, REGISTER_EVERYWHERE) != 0 &&
        !strcmp(register_name(d->names, list, d->value), d->value))
        option(d, d->value, d->value); /* the commune gave it up; the entry keeps it */
    html_raw(d->out, "</select>");
}

/* Does "t01 t02" have it? */
static bool has_code(const char *codes, const char *code)
{
    size_t n = strlen(code);

    for (const char *at = codes; (at = strstr(at, code)); at += n)
        if ((at == codes || at[-1] == ' ') && (!at[n] || at[n] == ' '))
            return true;
    return false;
}

static void one_of_many(const struct drawing *d, const char *type, const char *name,
                        const struct register_choice *c, bool chosen)
{
    buf_printf(d->out, "<label><input type=\"%s\" name=\"%s", type, d->f->code);
    html_text(d->out, name);
    html_raw(d->out, "\" value=\"");
    html_text(d->out, *name ? "1" : c->code);
    html_raw(d->out, "\"");
    html_literal(d->out, !*name && d->f->required ? " required" : "");
    html_literal(d->out, chosen ? " checked> " : "> ");
    html_text(d->out, c->word);
    html_raw(d->out, "</label>");
}

static void legend(const struct drawing *d)
{
    html_raw(d->out, "<fieldset class=\"kinds\"><legend>");
    html_text(d->out, d->f->title);
    html_raw(d->out, "</legend>");
}

static void draw_many(const struct drawing *d)
{
    enum register_list list;
    char name[NAME_BYTES];

    legend(d);
    if (register_list_of(d->f->type, &list)) {
        for (size_t i = 0; i < d->names->n[list]; i++) {
            const struct register_choice *c = &d->names->rows[list][i];

            snprintf(name, sizeof(name), ".%s", c->code);
            one_of_many(d, "checkbox", name, c, has_code(d->value, c->code));
        }
        if (!d->names->n[list])
            html_raw(d->out, "<p class=\"mute\">Xã chưa đặt tên cái nào.</p>");
    }
    html_raw(d->out, "</fieldset>");
}

/* What is not required must be possible to leave out again: a list, not buttons. */
static void draw_choice(const struct drawing *d)
{
    if (d->f->required) {
        legend(d);
        for (const struct register_choice *c = d->f->choices; c->code; c++)
            one_of_many(d, "radio", "", c, !strcmp(c->code, d->value));
        html_raw(d->out, "</fieldset>");
        return;
    }
    label(d, "", d->f->title);
    html_raw(d->out, "<select");
    id_and_name(d, "");
    html_raw(d->out, ">");
    option(d, "", "Chưa chọn");
    for (const struct register_choice *c = d->f->choices; c->code; c++)
        option(d, c->code, c->word);
    html_raw(d->out, "</select>");
}

static void draw_consent(const struct drawing *d)
{
    html_raw(d->out,
             "<label class=\"check\"><input type=\"checkbox\" value=\"" REGISTER_YES
             "\"");
    id_and_name(d, "");
    html_literal(d->out, strcmp(d->value, REGISTER_YES) ? "> " : " checked> ");
    html_text(d->out, d->f->title);
    html_raw(d->out, "</label>");
}

static void (*const drawers[REGISTER_TYPES])(const struct drawing *) = {
    [REGISTER_LINE] = draw_line,     [REGISTER_LONG] = draw_long,
    [REGISTER_DAY] = draw_day,       [REGISTER_MONTH] = draw_month,
    [REGISTER_MONTHS] = draw_months, [REGISTER_UNIT] = draw_select,
    [REGISTER_THON] = draw_select,   [REGISTER_THONS] = draw_many,
    [REGISTER_MODULES] = draw_many,  [REGISTER_NUMBER] = draw_number,
    [REGISTER_CHOICE] = draw_choice, [REGISTER_CONSENT] = draw_consent,
};

void page_register_form(const struct visit *v, struct buf *out,
                        const struct register_kind *k,
                        const struct register_names *names, int64_t seq,
                        const char *const *values, const struct register_fault *fault)
{
    page_box(out, "moi", "", seq ? "Sửa dòng này" : k->add);
    if (fault) {
        html_raw(out, "<p class=\"said\" role=\"alert\">Chưa ghi. ");
        html_text(out, fault->field ? fault->field->title : "Sổ");
        html_raw(out, ": ");
        html_text(out, fault->why);
        html_raw(out, ".</p>");
    }
    page_form(v, out, k->path, "stack");
    html_raw(out, "<input type=\"hidden\" name=\"viec\" value=\"ghi\">");
    buf_printf(out, "<input type=\"hidden\" name=\"so\" value=\"%" PRId64 "\">", seq);
    for (size_t i = 0; i < k->n_fields; i++) {
        struct drawing d = { out, names, &k->fields[i], values[i] };

        if (!strcmp(d.value, REFUSED))
            d.value = "";
        drawers[d.f->type](&d);
        if (d.f->hint) {
            buf_printf(out, "<p class=\"mute\" id=\"h-%s\">", d.f->code);
            html_text(out, d.f->hint);
            html_raw(out, "</p>");
        }
    }
    html_raw(out, "<button class=\"button\" type=\"submit\">Ghi lại</button>");
    if (seq)
        buf_printf(out, " <a class=\"button plain\" href=\"%s\">Thôi, không sửa</a>",
                   k->path);
    html_raw(out, "</form>");
    page_box_end(out);
}

/* --- what was posted ---------------------------------------------------------------- */

/* Trimmed, without the carriage returns that browsers put into lines. */
static void tidy(char *text)
{
    size_t used = 0;

    for (const char *c = text + strspn(text, " \t\r\n"); *c; c++)
        if (*c != '\r')
            text[used++] = *c;
    while (used && strchr(" \t\n", text[used - 1]))
        used--;
    text[used] = 0;
}

/* Absent is ""; there but too long or badly encoded is REFUSED. */
static const char *posted(const struct visit *v, struct arena *arena, const char *code,
                          const char *suffix, size_t size)
{
    const struct http_request *q = v->request;
    char name[NAME_BYTES];
    char mark[NAME_BYTES + 2];
    char *text = arena_alloc(arena, size);

    snprintf(name, sizeof(name), "%s%s", code, suffix);
    snprintf(mark, sizeof(mark), "&%s=", name);
    if (form_value(q->body, q->n_body, name, text, size)) {
        tidy(text);
        return text;
    }
    /* the token comes first in our forms, so that every field has & before it; what is
     * there, with something behind =, but cannot be read, is refused */
    for (const char *at = q->body; (at = strstr(at, mark)); at++)
        if (at[strlen(mark)] && at[strlen(mark)] != '&')
            return REFUSED;
    return "";
}

static const char *posted_many(const struct visit *v, struct arena *arena,
                               const struct register_names *names,
                               const struct register_field *f)
{
    enum register_list list;
    char name[NAME_BYTES];
    char *codes = arena_alloc(arena, CODES_MAX);
    size_t used = 0;

    if (!register_list_of(f->type, &list))
        return "";
    for (size_t i = 0; i < names->n[list]; i++) {
        const char *code = names->rows[list][i].code;

        snprintf(name, sizeof(name), ".%s", code);
        if (!*posted(v, arena, f->code, name, SHORT_BYTES))
            continue;
        if (used + strlen(code) + 2 > CODES_MAX)
            return REFUSED;
        used += (size_t)snprintf(codes + used, CODES_MAX - used, "%s%s",
                                 used ? " " : "", code);
    }
    return codes;
}

static const char *posted_months(const struct visit *v, struct arena *arena,
                                 const struct register_field *f)
{
    const char *from = posted(v, arena, f->code, "-tu", SHORT_BYTES);
    const char *to = posted(v, arena, f->code, "-den", SHORT_BYTES);

    return *from || *to ? arena_printf(arena, "%s..%s", from, to) : "";
}

void page_register_posted(const struct visit *v, const struct register_kind *k,
                          const struct register_names *names, struct arena *arena,
                          const char **values_out)
{
    for (size_t i = 0; i < k->n_fields; i++) {
        const struct register_field *f = &k->fields[i];

        if (f->type == REGISTER_MONTHS)
            values_out[i] = posted_months(v, arena, f);
        else if (f->type == REGISTER_THONS || f->type == REGISTER_MODULES)
            values_out[i] = posted_many(v, arena, names, f);
        else
            values_out[i] = posted(v, arena, f->code, "",
                                   f->type == REGISTER_LINE || f->type == REGISTER_LONG
                                       ? REGISTER_VALUE_BYTES
                                       : SHORT_BYTES);
    }
}
