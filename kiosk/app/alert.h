/* A warning of these days (a module with `until`, PROTOCOL §5: a pack beside the lessons): it
 * is told before anything else, once to everybody. */
#pragma once

struct app;

/* The lesson of the first alert that counts today and that the learner of this visit has not
 * done; without a visit, of the first one. -1: none. A clock that is behind shows more. */
long app_alert_index(const struct app *app);
