/* See server_rig.h. In a file of its own: what does not look at pages does without them. */
#include <string.h>

#include "server_rig.h"

page_fn *const rig_pages[RIG_PAGES] = {
    page_difficulties, page_overview,  page_thons,      page_lessons,  page_groups,
    page_units,        page_report,    page_kiosks,     page_kiosk,    page_packs,
    page_staff,        page_audit,     page_waiting,    page_me,       page_more,
    page_nominations,  page_campaigns, page_spot_check, page_data_use, page_notices,
    page_movement,     page_settings,
};

struct asked {
    const char *period;
    const char *id;
};

static const char *query(const struct http_request *q, const char *name)
{
    const struct asked *asked = q->connection;

    return !strcmp(name, "period") ? asked->period
           : !strcmp(name, "id")   ? asked->id
                                   : NULL;
}

enum err rig_page(struct rig *r, page_fn *page, const char *period,
                  struct http_response *response)
{
    struct asked asked = { period, r->kiosk };
    struct visitor visitor = { .known = true, .staff = { .name = "minh" } };
    struct http_request request = {
        .method = "GET", .path = "/", .query = query, .connection = &asked
    };
    struct visit v = { &r->server, &request, &visitor };

    return page(&v, response);
}
