/* Characters wait up to BURST_GAP_MS for the next one; only then are they typing. */
#include "platform/burst.h"

static void feed_char(struct ui *ui, char ch)
{
    ui_feed(ui, &(struct ui_event){ .kind = UI_EVENT_CHAR, .ch = (unsigned char)ch });
}

void burst_flush(struct burst *b, struct ui *ui)
{
    for (size_t i = 0; i < b->n; i++)
        feed_char(ui, b->text[i]);
    b->n = 0;
}

void burst_char(struct burst *b, struct ui *ui, char ch, int64_t t_ms)
{
    if (b->n > 0 && t_ms - b->last_ms >= BURST_GAP_MS)
        burst_flush(b, ui);
    if (b->n < UI_SCAN_MAX)
        b->text[b->n++] = ch;
    b->last_ms = t_ms;
}

void burst_enter(struct burst *b, struct ui *ui, int64_t t_ms)
{
    bool in_time = t_ms - b->last_ms < BURST_GAP_MS;

    if (in_time && b->n >= BURST_MIN) {
        b->text[b->n] = '\0';
        b->n = 0;
        ui_feed(ui, &(struct ui_event){ .kind = UI_EVENT_SCAN, .text = b->text });
        return;
    }
    burst_flush(b, ui);
    ui_feed(ui, &(struct ui_event){ .kind = UI_EVENT_KEY, .key = UI_EVENT_KEY_ACT });
}

int burst_settle(struct burst *b, struct ui *ui, int64_t t_ms)
{
    if (b->n == 0)
        return -1;
    if (t_ms - b->last_ms < BURST_GAP_MS)
        return (int)(BURST_GAP_MS - (t_ms - b->last_ms));
    burst_flush(b, ui);
    return -1;
}
