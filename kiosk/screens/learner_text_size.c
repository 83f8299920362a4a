/* The pop-over of the three text sizes. The page below shows each at once; its tool,
 * or a touch on the page below, closes it. */
#include "app/look.h"
#include "items/quiz_page.h"
#include "screens/bar.h"
#include "screens/screens.h"

#define N_SIZES 3

struct size {
    enum text_id id;
    float reg, cmp, por; /* dp of its own word */
};

static const struct size sizes[N_SIZES] = {
    { T_text_1, 34, 34, 34 },
    { T_text_2, 42, 42, 42 },
    { T_text_3, 52, 42, 38 },
};

/* A switch with a word, below the sizes. */
static bool draw_switch(struct app *app, struct ui *ui, struct rect r, enum text_id id,
                        const char *icon, bool on)
{
    struct ui_button_style style = { .kind =
                                         on ? UI_BUTTON_PRIMARY : UI_BUTTON_SECONDARY,
                                     .icon_left = on ? "check" : icon,
                                     .icon = 32,
                                     .radius = 20,
                                     .font = ui_dim(ui, 24, 22, 22),
                                     .state = on ? UI_SELECTED : 0 };

    if (!ui_button(ui, text_key(id), text_of(id), r, &style))
        return false;
    app_look_changed(app);
    return true;
}

static void draw_switches(struct app *app, struct ui *ui, struct rect row, float gap)
{
    struct look *look = &app->visit.look;
    bool portrait = ui_panel(ui) == PANEL_POR;
    struct rect r = row;

    if (portrait)
        r.h = (row.h - gap) / 2;
    else
        r.w = (row.w - gap) / 2;
    if (draw_switch(app, ui, r, T_text_contrast, "eye", look->contrast))
        look->contrast = !look->contrast;
    if (portrait)
        r.y += r.h + gap;
    else
        r.x += r.w + gap;
    if (draw_switch(app, ui, r, T_text_still, "pause", look->still))
        look->still = !look->still;
}

static void text_size_frame(struct app *app, void *state, struct ui *ui)
{
    bool portrait = ui_panel(ui) == PANEL_POR;
    struct rect page = ui_page(ui), pop, below, in, title;
    float low = bar_low(app, ui);
    float size = ui_dim(ui, 28, 23, 28), gap = 16, w;
    struct ui_font font = { size, size * 1.35F, true };

    (void)state;
    pop.w = ui_dim(ui, 680, 500, page.w - 44);
    pop.h = ui_dim(ui, 206, 140, 232) + ui_dim(ui, 118, 102, 232);
    pop.x = portrait ? 22 : page.w - ui_dim(ui, 140, 118, 0) - pop.w;
    pop.y = ui_dim(ui, 106, 90, 112);
    below = page;
    rect_cut_top(&below, pop.y + pop.h + gap);
    if (low > 0) { /* the pop-over stands on the bar, what is left is above it */
        below = (struct rect){ 0, 0, page.w, page.h - pop.y - pop.h - gap };
        pop.y = page.h - pop.y - pop.h;
    }
    ui_dialog_begin(ui, STR(text_title), pop);
    if (ui_target(ui, UI_ROLE_BUTTON, STR(text_close), below, 0, NULL) ||
        bar_text_tool(app, ui) || ui_key(ui, UI_KEY_BACK))
        app_uncover(app);
    ui_shadow(ui, pop, 28);
    ui_box(ui, pop,
           &(struct ui_box_style){
               .fill = SURFACE, .border = LINE2, .line = 3, .radius = 28 });
    in = rect_inset(pop, ui_dim(ui, 29, 19, 29), 0);
    title = in;
    title.y += ui_dim(ui, 18, 10, 24);
    ui_text(ui, title, text_of(T_text_title), font, INK, UI_LEFT);
    in.y = pop.y + ui_dim(ui, 70, 45, 76);
    w = (in.w - 2 * gap) / N_SIZES;
    for (int i = 0; i < N_SIZES; i++) {
        struct rect r = { in.x + (float)i * (w + gap), in.y, w,
                          ui_dim(ui, 112, 78, 126) };
        float dp = ui_dim(ui, sizes[i].reg, sizes[i].cmp, sizes[i].por), dy;
        const char *word = text_of(sizes[i].id);

        if (ui_card(ui, UI_ROLE_CHOICE, text_key(sizes[i].id), word, r,
                    app->visit.look.text_step == i ? UI_SELECTED : 0, &dy)) {
            app->visit.look.text_step = i;
            app_look_changed(app);
        }
        r.y += dy;
        ui_text_middle(ui, r, word, (struct ui_font){ dp, dp, true }, INK, UI_CENTRE);
    }
    in.y += ui_dim(ui, 112, 78, 126) + gap + LIP;
    in.h = ui_dim(ui, 96, 80, 212);
    draw_switches(app, ui, in, gap);
    ui_dialog_end(ui);
}

const struct screen screen_text_size = {
    .kind = SCREEN_DIALOG,
    .frame = text_size_frame,
};
