/* Words, numbers, addresses, icons and pictures of a practice. */
#include "lint_practice.h"

#include <ctype.h>
#include <string.h>

#include "base/check.h"
#include "language.h"
#include "practice_source.h"
#include "report.h"

#define TITLE_SYLLABLES 8
#define SAY_SENTENCES 3
#define HINT_SENTENCES 2
#define BUTTON_BYTES 48 /* about 24 letters: what a button of the phone has room for */
#define TOUCHES_MAX 4   /* buttons and rounds of a screen */
#define ID_DIGITS 12    /* of a citizen … */
#define OLD_ID_DIGITS 9 /* … and of the older card */
#define PHONE_DIGITS 10 /* a mobile's … */
#define DESK_PHONE_DIGITS 11 /* … a desk's, or a mobile's with +84 */
#define IMPOSSIBLE "0100"    /* how invented numbers begin */

const char *const lint_icons[] = {
    "award",  "back",    "back2",    "bell",   "book",     "bulb",   "cal",    "call",
    "camera", "card",    "charging", "chart",  "check",    "clock",  "close",  "cloud",
    "disk",   "down",    "down2",    "edit",   "exit",     "eye",    "female", "file",
    "filter", "flag",    "gear",     "globe",  "hand",     "hang",   "heart",  "heat",
    "help",   "home",    "info",     "keyb",   "link",     "list",   "lock",   "male",
    "mic",    "minus",   "moon",     "msg",    "next",     "pack",   "pause",  "phone",
    "pic",    "pin",     "play",     "plus",   "power",    "print",  "qr",     "raise",
    "rec",    "retry",   "ruler",    "screen", "search",   "send",   "shield", "shift",
    "smile",  "speaker", "star",     "stop",   "sun",      "target", "tool",   "trash",
    "undo",   "up",      "usb",      "user",   "userplus", "users",  "video",  "warn",
    "wifi",   "wifioff", NULL
};

static bool is_icon(const char *name)
{
    for (size_t i = 0; lint_icons[i]; i++)
        if (!strcmp(lint_icons[i], name))
            return true;
    return false;
}

/* What may stand between the digits of one number. */
static size_t gap_of(const char *at)
{
    size_t n = strspn(at, " ");

    if (!n && (*at == '.' || *at == '-'))
        n = 1;
    return isdigit((unsigned char)at[n]) ? n : 0;
}

static bool is_phone(const char *digits, size_t n)
{
    if (n != PHONE_DIGITS && n != DESK_PHONE_DIGITS)
        return false;
    if (!strncmp(digits, IMPOSSIBLE, strlen(IMPOSSIBLE)))
        return false;
    return *digits == '0' || (n == DESK_PHONE_DIGITS && !strncmp(digits, "84", 2));
}

static void lint_numbers(const struct lint *c, int line, const char *text)
{
    char digits[32];
    size_t n = 0;

    for (const char *at = text;; at++) {
        if (isdigit((unsigned char)*at)) {
            if (n + 1 < sizeof(digits))
                digits[n++] = *at;
            continue;
        }
        if (n && gap_of(at)) {
            at += gap_of(at) - 1;
            continue;
        }
        digits[n] = 0;
        if (n == ID_DIGITS || n == OLD_ID_DIGITS)
            report_problem(c->report, c->file, line,
                           "%s looks like somebody's ID number: write 0000 •••• ••00",
                           digits);
        else if (is_phone(digits, n))
            report_problem(c->report, c->file, line,
                           "%s may be somebody's telephone: write 0100 000 123",
                           digits);
        n = 0;
        if (!*at)
            return;
    }
}

static bool ends_with(const char *s, size_t n, const char *end)
{
    return n >= strlen(end) && !strncmp(s + n - strlen(end), end, strlen(end));
}

static bool is_address(const char *s, size_t n)
{
    for (size_t i = 1; i + 2 < n; i++)
        if (s[i] == '.' && s[i - 1] != '.' && isalpha((unsigned char)s[i + 1]) &&
            isalpha((unsigned char)s[i + 2]))
            return true;
    return false;
}

/* word.letters without a space is an address; it may only be a false one, or one of the
 * state's. */
static void lint_addresses(const struct lint *c, int line, const char *text)
{
    while (*text) {
        size_t n = strcspn(text, " ()[]“”\"'/:,;?!=&#@\n"), whole = n;

        while (n && text[n - 1] == '.')
            n--;
        if (is_address(text, n) && !ends_with(text, n, ".example") &&
            !ends_with(text, n, ".gov.vn"))
            report_problem(c->report, c->file, line,
                           "address %.*s: invented ones end in .example", (int)n, text);
        text += whole + (text[whole] != 0);
    }
}

static void lint_seen(const struct lint *c, int line, const char *text)
{
    if (!text)
        return;
    if (strlen(text) > LESSON_TEXT_MAX)
        report_problem(c->report, c->file, line, "longer than 1000 bytes: cut it");
    lint_numbers(c, line, text);
    lint_addresses(c, line, text);
}

static bool is_touched(const struct practice_part *part)
{
    return part->kind == PART_BUTTON || part->kind == PART_ROUND;
}

static void lint_part(const struct lint *c, const struct source_lesson *l,
                      const struct source_practice *p, size_t screen, size_t at)
{
    const struct practice_part *part = &p->practice.screens[screen].parts[at];
    int line = p->part_line[screen][at];

    lint_seen(c, line, part->text);
    lint_seen(c, line, part->note);
    lint_seen(c, line, part->value);
    if (is_touched(part) || part->kind == PART_ROW || part->kind == PART_APP)
        lint_words(c, line, "the part", part->text);
    if (is_touched(part) && strlen(part->text) > BUTTON_BYTES)
        report_problem(c->report, c->file, line,
                       "“%s” is too long for a button: about 24 letters", part->text);
    if (part->icon && !is_icon(part->icon))
        report_problem(c->report, c->file, line, "there is no icon %.40s", part->icon);
    if (part->kind == PART_SWIPE && part->way == WAY_NONE)
        report_problem(c->report, c->file, line,
                       "a swipe without its way: write | up, down, left or right");
    if (part->kind == PART_PHOTO && !p->pictures[screen][at].file)
        report_problem(c->report, c->file, line,
                       "a photo without its picture: write | picture file.svg");
    if (p->pictures[screen][at].file)
        lint_picture(c, l->folder, &p->pictures[screen][at], true);
}

static void lint_screen(const struct lint *c, const struct source_lesson *l,
                        const struct source_practice *p, size_t at)
{
    const struct practice_screen *s = &p->practice.screens[at];
    int line = p->screen_line[at];
    size_t touches = 0;

    lint_seen(c, line, s->say);
    lint_seen(c, line, s->hint);
    if (s->say)
        lint_sentences(c, line, "say:", s->say, SAY_SENTENCES);
    if (s->hint)
        lint_sentences(c, line, "hint:", s->hint, HINT_SENTENCES);
    lint_seen(c, line, s->top);
    lint_seen(c, line, s->sub);
    lint_seen(c, line, s->clock);
    for (size_t i = 0; i < s->n_parts; i++) {
        lint_part(c, l, p, at, i);
        touches += is_touched(&s->parts[i]);
    }
    if (touches > TOUCHES_MAX)
        report_problem(c->report, c->file, line, "%zu buttons: a phone has room for %d",
                       touches, TOUCHES_MAX);
}

static void lint_practice(const struct lint *c, const struct source_lesson *l,
                          const struct source_practice *p)
{
    char why[200];
    size_t at;

    lint_seen(c, p->line, p->practice.title);
    if (p->practice.title) {
        lint_words(c, p->line, "the title", p->practice.title);
        if (language_syllables(p->practice.title) > TITLE_SYLLABLES)
            report_problem(c->report, c->file, p->line,
                           "the title has %zu syllables: at most %d",
                           language_syllables(p->practice.title), TITLE_SYLLABLES);
    }
    for (size_t i = 0; i < p->practice.n_screens; i++)
        lint_screen(c, l, p, i);
    if (p->whole && practice_check(&p->practice, &at, why, sizeof(why)))
        report_problem(c->report, c->file, p->screen_line[at], "screen %s: %s",
                       p->practice.screens[at].id, why);
}

void lint_practices(const struct lint *c, const struct source_lesson *l)
{
    for (size_t i = 0; i < l->n_practices; i++)
        lint_practice(c, l, l->practices[i]);
}
