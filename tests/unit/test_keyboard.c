/* The on-screen keys of a Wi-Fi password: every sign of ASCII can be typed, and what stands in
 * the field is in no node, shown or not. */
#include <stdio.h>
#include <string.h>

#include "cmocka_all.h"

#include "base/check.h"
#include "screens/typing.h"
#include "ui/ui_core.h"

#define PAGES 3

static int letters(void *ctx, bool bold, int size, const char *text, size_t n)
{
    (void)ctx;
    (void)bold;
    (void)text;
    return (int)n * size / 2;
}

struct desk {
    struct ui *ui;
    struct keyboard keyboard;
    struct field field;
    int64_t now_ms;
};

static void frame(struct desk *d)
{
    struct rect keys = { 20, 300, 1200, 400 };

    do {
        ui_begin(d->ui);
        (void)field_frame(d->ui, "field", "Mật khẩu", (struct rect){ 20, 20, 600, 80 },
                          &d->field, true);
        (void)keyboard_frame(d->ui, keys, &d->keyboard, &d->field, typing_secret());
        ui_end(d->ui);
    } while (ui_again(d->ui));
}

static void tap(struct desk *d, const char *id)
{
    d->now_ms += 1000; /* no tremor */
    ui_feed(d->ui, &(struct ui_event){
                       .kind = UI_EVENT_TAP_ID, .text = id, .t_ms = d->now_ms });
    frame(d);
}

static const struct ui_node *key_of(struct desk *d, char c)
{
    size_t n;
    const struct ui_node *nodes = ui_nodes(d->ui, &n);

    for (size_t i = 0; i < n; i++)
        if (nodes[i].role == UI_ROLE_KEY && nodes[i].text[0] == c && !nodes[i].text[1])
            return &nodes[i];
    return NULL;
}

/* Looks for the key on every page, small letters first. */
static bool type(struct desk *d, char c)
{
    for (int shift = 0; shift < 2; shift++) {
        d->keyboard.shift = shift;
        for (int page = 0; page < PAGES; page++) {
            char id[32];

            frame(d);
            if (key_of(d, c)) {
                (void)snprintf(id, sizeof(id), "%s", key_of(d, c)->id);
                tap(d, id);
                return true;
            }
            tap(d, "kb.page");
        }
    }
    return false;
}

static void test_every_sign_of_a_password_has_a_key(void **state)
{
    struct ui_metrics metrics = { letters, NULL };
    struct desk d = { .keyboard = { .plain = true, .ascii = true } };

    (void)state;
    d.ui = ui_create(&metrics, 1280, 800, 160);
    for (char c = '!'; c <= '~'; c++) {
        char want[2] = { c, 0 };

        d.field.text[0] = 0;
        if (!type(&d, c))
            fail_msg("no key for %c", c);
        assert_string_equal(d.field.text, want);
    }
    d.field.text[0] = 0;
    tap(&d, "kb.space");
    assert_string_equal(d.field.text, " ");
    ui_destroy(d.ui);
}

static void test_a_secret_is_in_no_node_shown_or_not(void **state)
{
    struct ui_metrics metrics = { letters, NULL };
    struct desk d = { .keyboard = { .plain = true, .ascii = true },
                      .field = { .text = "bi-mat-123", .secret = true } };

    (void)state;
    d.ui = ui_create(&metrics, 1280, 800, 160);
    for (int hidden = 0; hidden < 2; hidden++) {
        size_t n;
        const struct ui_node *nodes;

        d.field.hidden = hidden;
        frame(&d);
        nodes = ui_nodes(d.ui, &n);
        assert_true(n > 0);
        for (size_t i = 0; i < n; i++) {
            assert_null(strstr(nodes[i].text, d.field.text));
            assert_true(!nodes[i].value || !strstr(nodes[i].value, d.field.text));
        }
    }
    ui_destroy(d.ui);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_sign_of_a_password_has_a_key),
        cmocka_unit_test(test_a_secret_is_in_no_node_shown_or_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
