/* The picture of the first page. */
#include "screens/attract_people.h"

#include <math.h>

#include "items/quiz_page.h"
#include "screens/screens.h"

#define HILL_SHARE 0.6F /* of the hills at least */

float attract_doors_height(struct ui *ui)
{
    return ui_dim(ui, 194, 150, 316);
}

/* The people as large as they can be below `top`, and on a wide panel beside the title. */
static float people_share(struct ui *ui, float top, float ground, float total,
                          float tall)
{
    float w = ui_page(ui).w, share = 1, most;

    if (ui_panel(ui) != PANEL_POR && total > w - ui_dim(ui, 740, 440, 0))
        share = (w - ui_dim(ui, 740, 440, 0)) / total;
    most = (ground - top) / (tall * 1.1F);
    return most < share ? most : share;
}

bool attract_people(struct ui *ui, float lift, float top)
{
    struct rect page = ui_page(ui);
    float ground = page.h - ui_dim(ui, 180, 138, 302) - lift;
    float hill = ui_dim(ui, 400, 230, 310);
    float side = ui_dim(ui, 300, 170, 220), tall = ui_dim(ui, 340, 196, 250);
    float over = 64, total = 2 * side + tall - 2 * over, x, share;
    struct rect hills = { 0, page.h - ui_dim(ui, 180, 130, 300) - hill, page.w, hill };
    struct rect hero = { 0, page_bar_bottom(ui), page.w, ground - page_bar_bottom(ui) };

    if (lift > 0) { /* the ridge stays where it is as long as enough of it is seen */
        hills.y = fminf(hills.y, ground - HILL_SHARE * hill);
        hills.h = ground - hills.y;
        share = people_share(ui, top, ground, total, tall);
        side *= share;
        tall *= share;
        over *= share;
        total *= share;
    }
    x = page.w - ui_dim(ui, 40, 10, (page.w - total) / 2) - total;
    if (ui_panel(ui) == PANEL_POR)
        hero.y = 112;
    hero.h = ground - hero.y;
    ui_picture(ui, hills, "art:canh-nui", UI_FIT_COVER_TOP, 0, 0);
    ui_picture(ui, (struct rect){ x, ground - side * 1.1F, side, side * 1.1F },
               "art:nguoi-ong", UI_FIT_CONTAIN, 0, 0);
    ui_picture(ui,
               (struct rect){ x + side + tall - 2 * over, ground - side * 1.1F, side,
                              side * 1.1F },
               "art:nguoi-chi", UI_FIT_CONTAIN, 0, 0);
    ui_picture(
        ui, (struct rect){ x + side - over, ground - tall * 1.1F, tall, tall * 1.1F },
        "art:nguoi-ba", UI_FIT_CONTAIN, 0, 0);
    return ui_target(ui, UI_ROLE_BUTTON, text_key(T_attract_picture),
                     text_of(T_attract_picture), hero, 0, NULL);
}
