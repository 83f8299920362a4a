/* Random histories of the totals protocol, played by the program's own code on both
 * sides: requests and answers lost, cut and repeated, sticks late, cards written back
 * and cloned, the server put back, clocks learned late. At rest nothing may be lost or
 * counted twice. Exit 0: as the variant should come out (the controls must fail). */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/options.h"
#include "histories_world.h"

#define STEPS_MIN 20
#define STEPS_SPREAD 130

static struct option_def defs[] = {
    { "n", "N", "200", "how many histories" },
    { "seed", "S", "1", "the first one's seed; the others follow" },
    { "variant", "NAME", "spec", "spec, increments, no-run, no-entropy or no-odd" },
};
static struct options options = { "histories", "[OPTION…]", defs, 3 };

struct tally {
    long n_lost;
    long n_doubled;
    long n_stale;
    long n_unequal;
};

static void play(struct world *w, uint64_t seed, enum variant variant, struct tally *t)
{
    bool clones = seed % 2;
    struct verdict v;
    uint32_t steps;

    world_begin(w, seed, variant);
    steps = STEPS_MIN + world_random(w, STEPS_SPREAD);
    for (uint32_t i = 0; i < steps; i++)
        world_step(w, clones);
    world_settle(w);
    v = world_judge(w);
    world_end(w);
    t->n_lost += v.lost > 0;
    t->n_doubled += v.doubled > 0;
    t->n_stale += v.stale > 0;
    t->n_unequal += v.unequal;
    if (variant == VARIANT_SPEC && (v.lost || v.doubled || v.stale || v.unequal))
        printf("seed %" PRIu64 ": %" PRId64 " lost, %" PRId64 " doubled, %" PRId64
               " stale%s\n",
               seed, v.lost, v.doubled, v.stale, v.unequal ? ", totals differ" : "");
}

static enum variant variant_of(const char *name)
{
    int i = 0;

    while (i < VARIANT_COUNT && strcmp(variant_names[i], name))
        i++;
    return (enum variant)i;
}

int main(int argc, char **argv)
{
    struct world world;
    struct tally t = { 0 };
    enum variant variant;
    long n;
    long seed;
    bool clean;

    options_read(&options, argc, argv, false);
    n = options_number(&options, "n", 1, 100000000);
    seed = options_number(&options, "seed", 0, 1000000000);
    variant = variant_of(options_get(&options, "variant"));
    if (variant == VARIANT_COUNT) {
        options_complain(&options, "variant", "no such variant", "see --help");
        return 64;
    }
    hash_init();
    log_set_level(LOG_LEVEL_ERR);
    world_prepare(&world);
    for (long i = 0; i < n; i++)
        play(&world, (uint64_t)(seed + i), variant, &t);
    world_finish(&world);
    printf("%s: %ld histories, %ld with loss, %ld doubled, %ld with stale gauges, "
           "%ld with unequal totals\n",
           variant_names[variant], n, t.n_lost, t.n_doubled, t.n_stale, t.n_unequal);
    clean = !t.n_lost && !t.n_doubled && !t.n_stale && !t.n_unequal;
    return clean == (variant == VARIANT_SPEC) ? 0 : 1;
}
