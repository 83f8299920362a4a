/* Any bytes as a replay script: the null platform must refuse or play them, never crash,
 * and always come to an end. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "platform/platform.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void frame(struct platform *p, struct ui *ui)
{
    const char *scan;

    ui_begin(ui);
    scan = ui_scanned(ui);
    if (ui_button(ui, "go", "Học tiếp", (struct rect){ 10, 10, 200, 100 },
                  &(struct ui_button_style){ .icon_left = "check" }))
        p->n_acks++;
    ui_tool(ui, "bar.help", "raise", "Gọi giúp", (struct rect){ 300, 20, 112, 80 }, 0);
    ui_label(ui, UI_ROLE_TEXT, "text", scan ? scan : "", ui_page(ui),
             (struct ui_font){ 20, 30, false }, INK, UI_LEFT);
    ui_typed(ui);
    ui_key(ui, UI_KEY_BACK);
    ui_wake_in(ui, 1000);
    ui_end(ui);
}

/* `kill` would end the fuzzer itself: its first letter is changed, behind a NUL too. */
static void spare_us(char *script, size_t n)
{
    for (size_t i = 0; i + 4 <= n; i++) {
        if (memcmp(script + i, "kill", 4) == 0)
            script[i] = 'K';
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char path[] = "/tmp/fuzz_replay.XXXXXX";
    struct platform_options o = { .w = 800, .h = 480 };
    char *script = check_alloc(n + 1);
    FILE *out = fopen("/dev/null", "w");
    int fd = mkstemp(path);
    struct platform *p;

    ASSERT(out && fd >= 0);
    memcpy(script, data, n);
    script[n] = '\0';
    spare_us(script, n);
    if (write(fd, script, n) == (ssize_t)n &&
        platform_null_create(&o, path, out, &p) == ERR_OK) {
        struct ui *ui = ui_create(&p->metrics, p->w, p->h, 0);
        unsigned rounds = 0;

        do {
            do {
                frame(p, ui);
            } while (ui_again(ui));
            platform_present(p, ui, "page");
        } while (platform_wait(p, ui, ui_wake_ms(ui)) && ++rounds < 2000);
        ui_destroy(ui);
        platform_destroy(p);
    }
    close(fd);
    unlink(path);
    fclose(out);
    free(script);
    return 0;
}
