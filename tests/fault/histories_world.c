/* See histories_world.h. */
#include "histories_world.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/hash.h"
#include "store/outbox.h"
#include "store/person.h"

#define BUILD_DAY 20700 /* before every clock here */
#define ROUNDS_MAX 200
#define RESTLESS_EVERY 16
#define STEP_MS 400000 /* mean time between steps: days pass */

const char *const variant_names[VARIANT_COUNT] = {
    [VARIANT_SPEC] = "spec",     [VARIANT_INCREMENTS] = "increments",
    [VARIANT_NO_RUN] = "no-run", [VARIANT_NO_ENTROPY] = "no-entropy",
    [VARIANT_NO_ODD] = "no-odd",
};

static const char *const lessons[] = { "m01-b01", "m09-b03", "m12-b01" };

uint32_t world_random(struct world *w, uint32_t n)
{
    uint64_t z = w->random += 0x9E3779B97F4A7C15; /* splitmix64 */

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return n ? (uint32_t)((z ^ (z >> 31)) >> 32) % n : 0;
}

/* --- machines --------------------------------------------------------------------- */

static int64_t read_mono(void *ctx)
{
    return ((struct machine *)ctx)->mono_ms;
}

static int64_t read_wall(void *ctx)
{
    return ((struct machine *)ctx)->wall_ms;
}

struct db_config machine_config(struct machine *m)
{
    m->clock = (struct clock){ read_mono, read_wall, m };
    return (struct db_config){ .dir = m->dir,
                               .clock = &m->clock,
                               .program_version = "1",
                               .build_day = BUILD_DAY };
}

void machine_switch_on(struct machine *m)
{
    struct db_config config = machine_config(m);

    ASSERT(!db_open(&config, &m->db));
}

void machine_switch_off(struct machine *m)
{
    db_close(m->db);
    m->db = NULL;
}

void machine_forget(struct machine *m)
{
    m->mono_ms = 1000;
    m->n_people = 0;
    m->last = (struct event_id){ 0 };
}

static void restart(struct world *w, struct machine *m)
{
    machine_switch_off(m);
    m->mono_ms = 1000;
    if (world_random(w, 3) == 0) /* no battery: the clock stands where it was built */
        m->wall_ms = (int64_t)BUILD_DAY * 86400000;
    machine_switch_on(m);
}

static void pass_time(struct world *w, struct machine *m)
{
    int64_t ms = world_random(w, 2 * STEP_MS) * (int64_t)(1 + world_random(w, 20));

    m->mono_ms += ms;
    m->wall_ms += ms;
    w->rig->wall_ms += ms;
}

static void learn_time(struct world *w, struct machine *m)
{
    m->wall_ms = w->rig->wall_ms;
    ASSERT(!journal_learn_time(m->db, m->wall_ms, 500,
                               (enum run_trust)(1 + world_random(w, 3))));
}

/* A full disk or a refused event is no business of these histories. */
static void append(struct machine *m, const struct event *events, size_t n)
{
    struct event_id id;

    if (!journal_append(m->db, events, n, &id))
        m->last = id;
}

static void study(struct world *w, struct machine *m)
{
    const char *lesson = lessons[world_random(w, COUNT(lessons))];
    struct event events[2] = { { .kind = EVENT_START, .unit = lesson },
                               { .kind = EVENT_COMPLETE, .unit = lesson } };

    if (m->n_people && world_random(w, 3) == 0)
        events[0].token = m->people[world_random(w, (uint32_t)m->n_people)];
    events[1].token = events[0].token;
    events[1].value = 100;
    events[1].flags = world_random(w, 4) ? EVENT_PASSED : 0;
    events[1].body = "{\"seconds\":60}";
    append(m, events, COUNT(events));
}

static void take_back(struct machine *m)
{
    char unit[40];
    struct event ev = { .kind = EVENT_VOID, .unit = unit };

    if (!m->last.seq)
        return;
    snprintf(unit, sizeof(unit), "%016" PRIx64 "-%" PRId64, m->last.run, m->last.seq);
    m->last.seq = 0;
    append(m, &ev, 1);
}

static void register_person(struct world *w, struct machine *m)
{
    static const char *const thons[] = { "t01", "t07" };
    struct person_cohort cohort = { .sex = "f", .band = "b3" };
    struct person_card card;

    if (m->n_people == WORLD_PEOPLE)
        return;
    snprintf(cohort.thon, sizeof(cohort.thon), "%s", thons[world_random(w, 2)]);
    ASSERT(!person_add(m->db, &cohort, &card));
    memcpy(m->people[m->n_people++], card.token, EVENT_TOKEN_BYTES);
}

/* --- histories -------------------------------------------------------------------- */

void world_prepare(struct world *w)
{
    void *state;

    *w = (struct world){ 0 };
    ASSERT(!rig_setup(&state));
    w->rig = state;
    snprintf(w->dir, sizeof(w->dir), "%s", w->rig->dir);
    w->oracle = oracle_create();
    for (size_t i = 0; i < WORLD_MACHINES; i++) {
        struct machine *m = &w->machines[i];

        snprintf(m->dir, sizeof(m->dir), "%s/machine%zu", w->dir, i);
        machine_switch_on(m);
        machine_switch_off(m);
    }
    server_close(&w->rig->server);
    copies_database(w->machines[0].dir, "kiosk.db", w->dir, "empty-kiosk");
    copies_server(w, SERVER_NOW, "empty");
}

void world_finish(struct world *w)
{
    char command[200];
    void *state = w->rig;

    snprintf(command, sizeof(command), "rm -rf '%s'", w->dir);
    ASSERT(!system(command));
    ASSERT(!rig_teardown(&state));
    oracle_destroy(w->oracle);
}

void world_begin(struct world *w, uint64_t seed, enum variant variant)
{
    struct machine *m = &w->machines[0];

    w->random = seed * 0x2545F4914F6CDD1D + 1;
    w->variant = variant;
    w->n_machines = 1;
    w->n_saved = w->n_old = w->n_mail = 0;
    w->rewound = false;
    w->restless = seed % RESTLESS_EVERY == 0;
    w->rig->wall_ms = RIG_START_MS;
    m->wall_ms = RIG_START_MS;
    machine_forget(m);
    m->backup[0] = 0;
    copies_clean(m);
    copies_database(w->dir, "empty-kiosk", m->dir, "kiosk.db");
    copies_server(w, "empty", SERVER_NOW);
    oracle_forget(w->oracle);
    copies_open_server(w);
    machine_switch_on(m);
}

void world_step(struct world *w, bool clones)
{
    struct machine *m = &w->machines[world_random(w, (uint32_t)w->n_machines)];
    uint32_t op = world_random(w, 100);

    pass_time(w, m);
    if (w->restless && world_random(w, 2))
        restart(w, m);
    if (op < 40)
        study(w, m);
    else if (op < 44)
        take_back(m);
    else if (op < 50)
        register_person(w, m);
    else if (op < 70)
        talk(w, m,
             world_random(w, 10) < 6 ? FATE_DELIVERED
                                     : FATE_ANSWER_LOST + world_random(w, 3));
    else if (op < 75)
        talk_write_stick(w, m);
    else if (op < 81)
        talk_read_stick(w);
    else if (op < 85)
        learn_time(w, m);
    else if (op < 88)
        restart(w, m);
    else if (op < 90)
        copies_save_card(w, m);
    else if (op < 92)
        copies_write_card_back(w, m);
    else if (op < 93)
        copies_back_up(m);
    else if (op < 94)
        copies_restore(w, m);
    else if (op < 96)
        copies_save_server(w);
    else if (op < 98)
        copies_put_server_back(w);
    else if (clones)
        copies_clone_card(w, m);
}

static bool anything_waits(struct world *w)
{
    struct outbox_state state;
    bool waits = false;

    for (size_t i = 0; i < w->n_machines; i++) {
        ASSERT(!outbox_state(w->machines[i].db, &state));
        waits = waits || state.rows_waiting;
    }
    return waits;
}

/* At least one round: an answer may bring news. */
static void talk_it_out(struct world *w)
{
    int rounds = 0;

    do {
        for (size_t i = 0; i < w->n_machines; i++)
            talk(w, &w->machines[i], FATE_DELIVERED);
    } while (++rounds < ROUNDS_MAX && (rounds < 3 || anything_waits(w)));
}

void world_settle(struct world *w)
{
    talk_it_out(w);
    if (w->variant != VARIANT_SPEC)
        return; /* the weekly repeat would heal what the controls break */
    for (size_t i = 0; i < w->n_machines; i++)
        ASSERT(!outbox_say_everything(w->machines[i].db));
    talk_it_out(w);
}

void world_end(struct world *w)
{
    server_close(&w->rig->server);
    for (size_t i = 0; i < WORLD_MACHINES; i++)
        machine_switch_off(&w->machines[i]);
    while (w->n_mail)
        buf_finish(&w->mail[--w->n_mail]);
}
