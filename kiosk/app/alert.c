#include "app/alert.h"

#include "app/app.h"

long app_alert_index(const struct app *app)
{
    const struct pack_info *info = app->pack ? pack_info(app->pack) : NULL;
    int64_t today = clock_day(clock_wall_ms(app->clock));

    for (size_t i = 0; info && i < info->n_modules; i++) {
        const struct pack_module *m = &info->modules[i];

        if (m->until < today)
            continue;
        for (size_t k = m->first_lesson; k < m->first_lesson + m->n_lessons; k++)
            if (!app->visit.open || !app_lesson_done(app, info->lessons[k].id))
                return (long)k;
    }
    return -1;
}
