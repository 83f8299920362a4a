/* The pages for officials: one file each, one row each in routes.c. */
#pragma once

#include "page.h"

page_fn page_overview, page_thons, page_lessons, page_groups, page_units;
page_fn page_report, page_difficulties, page_difficulties_post;
page_fn page_kiosks, page_kiosk, page_packs, page_packs_post;
page_fn page_nominations, page_campaigns, page_campaigns_post;
page_fn page_spot_check, page_spot_check_post, page_data_use;
page_fn page_settings, page_settings_post;
page_fn page_report_file, page_report_keep_post;
page_fn page_movement, page_register, page_register_post;
page_fn page_staff, page_staff_post, page_audit;
page_fn page_notices, page_notices_post;
page_fn page_waiting, page_waiting_post;
page_fn page_communes;
page_fn page_me, page_me_post, page_more;
page_fn page_login, page_login_post, page_logout_post;

/* On /goi-bai: updates of the machines' program that are offered (page_programs.c). */
void page_programs(const struct visit *v, struct buf *out, const struct figures *f);

/* "Việc cần xem": what an official should look at (page_alerts.c). */
void page_alerts(struct server *s, struct buf *out, const struct figures *f);

/* Lists of the registers that stand in a report of `p`; nothing when they are empty
 * (page_report_movement.c). Errors: of the store. */
NODISCARD enum err page_report_movement(struct server *s, const struct period *p,
                                        struct buf *out);

/* The figures of the overview as a table for spreadsheets. `period`: a name of period.h;
 * NULL or nonsense: this half-year. Errors: of the store. */
NODISCARD enum err page_csv(struct server *s, const char *period, struct buf *out);
/* The same of a province, commune by commune. */
NODISCARD enum err page_communes_csv(struct server *s, const char *period,
                                     struct buf *out);
/* What the program carries with it. */
void page_style(struct buf *out);
void page_picture(struct buf *out);

/* On /bao-cao: the files of that period, and whether its figures are kept for good
 * (page_report_file.c). Errors: of the store. */
NODISCARD enum err page_report_files(const struct visit *v, const struct period *p,
                                     struct buf *out);
