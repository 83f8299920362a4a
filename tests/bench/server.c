/* bench_server [DIR [uploads|years]]: what bdhvs-server takes and shows, the program itself
 * over HTTP on loopback, with its databases on the disk that holds DIR (default /tmp).
 * Beside it in the same run: the HTTP library alone (floor.c), nginx, and a server of the
 * same promise in Node. One JSON line a metric. BDHVS_TEST_DB chooses one database,
 * BDHVS_KEEP=1 leaves them. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "base/hash.h"
#include "base/log.h"
#include "crowd.h"
#include "pg_cluster.h"
#include "sender.h"
#include "served.h"
#include "years.h"

#define CLIENTS 32
#define SECONDS 8
#define SMALL 18 /* rows after a lesson */
#define SMALL_EACH 240
#define FULL 480 /* after weeks without a network, below the 500 of a bundle */
#define FULL_EACH 16
#define PATH_BYTES 160
#define LOOKS 5
#define NGINX_PORT 18099

static char dir[PATH_BYTES];
static double floor_rate;

static void say(const char *who, const char *metric, double value, const char *unit,
                double base)
{
    printf("{\"bench\":\"server\",\"metric\":\"%s_%s\",\"value\":%.3f,\"unit\":\"%s\"",
           who, metric, value, unit);
    if (base > 0)
        printf(",\"ratio_to\":%.3f,\"ratio\":%.3f", base, value / base);
    printf("}\n");
    fflush(stdout);
}

static void in_dir(const char *name, char out[PATH_BYTES])
{
    ASSERT((size_t)snprintf(out, PATH_BYTES, "%s/%s", dir, name) < PATH_BYTES);
}

/* BDHVS_TEST_DB=sqlite or postgresql: that one alone. */
static bool is_wanted(const char *kind)
{
    const char *only = getenv("BDHVS_TEST_DB");

    return !only || !strcmp(only, kind);
}

/* --- uploads ---------------------------------------------------------------------- */

static void measure(const char *who, struct served *s, const struct crowd *c)
{
    size_t at = 0;
    double began_s = served_cpu_s(s);
    struct sent sent = sender_run(c, s->port, CLIENTS, SECONDS, &at);
    double rate = (double)sent.n / sent.seconds;

    if (sent.n_bad)
        (void)fprintf(stderr, "bench_server: %s: %zu uploads not taken\n", who,
                      sent.n_bad);
    if (!strcmp(who, "floor"))
        floor_rate = rate;
    say(who, "uploads", rate, "1/s", floor_rate);
    say(who, "p50", sent.p50_ms, "ms", 0);
    say(who, "p99", sent.p99_ms, "ms", 0);
    say(who, "cpu_of_one",
        (served_cpu_s(s) - began_s) * 1000 / (double)(sent.n ? sent.n : 1), "ms", 0);
    say(who, "rss", served_rss_mb(s), "MiB", 0);
}

static void measure_program(const char *who, const char *const *argv,
                            const struct crowd *c)
{
    char log[PATH_BYTES];
    struct served s;

    in_dir("log", log);
    if (!served_start(&s, argv, log)) {
        (void)fprintf(stderr, "bench_server: %s cannot be started: left out\n", who);
        return;
    }
    measure(who, &s, c);
    served_stop(&s);
}

/* It answers at once; that it is there is seen by asking. */
static void measure_nginx(const struct crowd *c)
{
    char conf[PATH_BYTES];
    char body[701];
    FILE *file;

    in_dir("nginx.conf", conf);
    memset(body, 'a', sizeof(body) - 1);
    body[sizeof(body) - 1] = 0;
    file = fopen(conf, "we");
    ASSERT(file);
    (void)fprintf(file,
                  "worker_processes 1; daemon off; user root; pid %s/nginx.pid;\n"
                  "error_log %s/nginx.log;\nevents { worker_connections 256; }\n"
                  "http { access_log off; keepalive_requests 10000000;\n"
                  " client_body_buffer_size 128k; server { listen 127.0.0.1:%d;\n"
                  "  location / { return 200 \"%s\"; } } }\n",
                  dir, dir, NGINX_PORT, body);
    ASSERT(!fclose(file));
    measure_program(
        "nginx",
        (const char *const[]){ "sh", "-c",
                               "nginx -c \"$0\" & trap 'kill $!' TERM; sleep 1;"
                               "echo http://127.0.0.1:$1; wait",
                               conf, "18099", NULL },
        c);
}

static void measure_node(const struct crowd *c)
{
    char db[PATH_BYTES];
    char keys[PATH_BYTES];

    in_dir("node.db", db);
    in_dir("keys", keys);
    crowd_write_keys(c, keys);
    measure_program("node",
                    (const char *const[]){ "node", NODE_SERVER, db, keys, NULL }, c);
}

static void measure_ours(const char *who, const char *uri, const struct crowd *c)
{
    crowd_enrol(c, uri);
    measure_program(who,
                    (const char *const[]){ BDHVS_SERVER, "serve", "--db", uri,
                                           "--listen", "127.0.0.1:0", NULL },
                    c);
}

static void measure_both(const char *size, const struct crowd *c)
{
    char who[32];
    char uri[PATH_BYTES + 48];
    char pg_uri[PG_URI_BYTES];

    snprintf(who, sizeof(who), "sqlite%s", size);
    snprintf(uri, sizeof(uri), "sqlite:%s/%s.db", dir, who);
    if (is_wanted("sqlite"))
        measure_ours(who, uri, c);
    if (!is_wanted("postgresql"))
        return;
    pg_cluster_database(pg_uri);
    snprintf(who, sizeof(who), "postgresql%s", size);
    measure_ours(who, pg_uri, c);
}

static void bench_uploads(void)
{
    struct crowd *small = crowd_create(SMALL_EACH, SMALL);
    struct crowd *full;

    measure_program("floor", (const char *const[]){ BENCH_FLOOR, NULL }, small);
    measure_nginx(small);
    measure_node(small);
    measure_both("", small);
    crowd_destroy(small);
    full = crowd_create(FULL_EACH, FULL);
    measure_both("_full", full);
    crowd_destroy(full);
}

/* --- years ------------------------------------------------------------------------ */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double *values)
{
    qsort(values, LOOKS, sizeof(*values), by_size);
    return values[LOOKS / 2];
}

static void look_at_pages(const char *who, const struct served *s)
{
    static const struct {
        const char *name;
        const char *path;
    } pages[] = {
        { "page_overview", "/?period=2026-11" },
        { "page_thons", "/theo-thon?period=2026-H2" },
        { "page_lessons", "/theo-bai?period=2026-H2" },
        { "page_groups", "/theo-nhom?period=2026-H2" },
        { "page_report", "/bao-cao?period=2026-H2" },
        { "page_kiosks", "/cac-may" },
        { "csv", "/totals.csv?period=2026-H2" },
    };

    for (size_t i = 0; i < COUNT(pages); i++) {
        double ms[LOOKS];

        for (size_t n = 0; n < LOOKS; n++)
            ms[n] = sender_get(s->port, pages[i].path);
        if (ms[0] < 0)
            (void)fprintf(stderr, "bench_server: %s: no answer\n", pages[i].path);
        say(who, pages[i].name, median(ms), "ms", 0);
    }
}

/* The subcommand, from its start to the written file. */
static void make_reports(const char *who, const char *uri)
{
    static const struct {
        const char *name;
        const char *period;
    } reports[] = { { "report_half_year", "2026-H2" },
                    { "report_year", "2026" },
                    { "report_all", "2024-01-01..2026-12-31" } };

    for (size_t i = 0; i < COUNT(reports); i++) {
        double ms[LOOKS];

        for (size_t n = 0; n < LOOKS; n++) {
            char out[PATH_BYTES];
            double began_s = sender_now_s();
            struct buf command;

            in_dir("report.json", out);
            buf_init(&command, 1024);
            buf_printf(&command,
                       "'%s' report --db '%s' --period %s --format json --out '%s' "
                       ">/dev/null",
                       BDHVS_SERVER, uri, reports[i].period, out);
            ASSERT(!system(buf_text(&command)));
            buf_finish(&command);
            ms[n] = (sender_now_s() - began_s) * 1000;
        }
        say(who, reports[i].name, median(ms), "ms", 0);
    }
}

static void bench_years_on(const char *who, const char *uri)
{
    char log[PATH_BYTES];
    struct served s;
    int64_t n_rows;
    double began_s;
    double spent_s = years_fill(uri, &n_rows);

    say(who, "rows", (double)n_rows, "rows", 0);
    say(who, "rows_taken", (double)n_rows / spent_s, "1/s", 0);
    in_dir("log", log);
    began_s = sender_now_s();
    ASSERT(served_start(&s,
                        (const char *const[]){ BDHVS_SERVER, "serve", "--db", uri,
                                               "--open-page", "--listen", "127.0.0.1:0",
                                               NULL },
                        log));
    say(who, "start", (sender_now_s() - began_s) * 1000, "ms", 0);
    look_at_pages(who, &s);
    make_reports(who, uri);
    say(who, "rss", served_rss_mb(&s), "MiB", 0);
    served_stop(&s);
}

static void bench_years(void)
{
    char uri[PATH_BYTES + 16];
    char pg_uri[PG_URI_BYTES];

    snprintf(uri, sizeof(uri), "sqlite:%s/years.db", dir);
    if (is_wanted("sqlite"))
        bench_years_on("sqlite_years", uri);
    if (!is_wanted("postgresql"))
        return;
    pg_cluster_database(pg_uri);
    bench_years_on("postgresql_years", pg_uri);
}

int main(int argc, char **argv)
{
    const char *what = argc > 2 ? argv[2] : "";
    char command[PATH_BYTES + 16];

    hash_init();
    log_set_level(LOG_LEVEL_ERR);
    snprintf(dir, sizeof(dir), "%s/bdhvs-bench-XXXXXX", argc > 1 ? argv[1] : "/tmp");
    if (!mkdtemp(dir) || setenv("TMPDIR", dir, 1) || chmod(dir, 0755)) /* PostgreSQL */
        return 1;
    if (!*what || !strcmp(what, "uploads"))
        bench_uploads();
    if (!*what || !strcmp(what, "years"))
        bench_years();
    if (getenv("BDHVS_KEEP"))
        return 0;
    snprintf(command, sizeof(command), "rm -rf '%s'", dir);
    return system(command) != 0; /* the cluster's own folder goes with it */
}
