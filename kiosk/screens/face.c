/* Six people, drawn as those of the lessons. */
#include "screens/face.h"

#include <string.h>

#include "app/class_day.h"
#include "app/staff.h"
#include "base/check.h"

#define OLD_FROM 50 /* years */

static const char *const faces[STAFF_PICTURES] = {
    "art:nguoi-tnv", "art:nguoi-canbo", "art:nguoi-chi",
    "art:nguoi-anh", "art:nguoi-ba",    "art:nguoi-ong",
};

void face_draw(struct ui *ui, struct rect r, int picture)
{
    struct rect in = { r.x + r.w * 0.07F, r.y + r.h * 0.08F, r.w * 0.86F, r.h * 0.92F };

    ui_box(ui, r, &(struct ui_box_style){ .fill = SAND, .radius = r.w / 2 });
    ui_picture(ui, in, faces[(size_t)picture % COUNT(faces)], UI_FIT_COVER_TOP,
               in.w / 2, 0);
}

/* -1: neither is known. An uncertain clock changes faces, nothing else. */
static int face_of(const struct app *app, const struct people_entry *e)
{
    int year, month, day;
    bool old;

    clock_day_civil(clock_day(clock_wall_ms(app->clock)), &year, &month, &day);
    old = e->year > 0 && year - e->year >= OLD_FROM;
    return !strcmp(e->sex, "f")   ? (old ? 4 : 2)
           : !strcmp(e->sex, "m") ? (old ? 5 : 3)
                                  : -1;
}

void face_of_person(const struct app *app, struct ui *ui, struct rect r,
                    const struct people_entry *e)
{
    int face = face_of(app, e);

    if (face >= 0)
        face_draw(ui, r, face);
    else
        ui_icon(ui, rect_centre(r, r.w * 0.6F, r.h * 0.6F), "user", INDIGO);
}
