/* Six people, drawn as those of the lessons. */
#include "screens/face.h"

#include "app/staff.h"
#include "base/check.h"

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
