/* kills --n N: a process that appends to the store on the real disk and tells
 * each acknowledgement through a pipe is killed with SIGKILL at random moments, N times
 * over the same database. After each kill: every acknowledged completion is in the
 * journal once, at most one more is (its acknowledgement was on the way), and the totals
 * say the same as the journal. Prints one JSON line; exit 0 when all is well. */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/check.h"
#include "base/hash.h"
#include "store/backup.h"
#include "store/journal.h"
#include "store/private.h"

#define MARKS_MAX (1 << 16) /* per folder */
#define LIFE_US_MAX 60000   /* after the first acknowledgement */
#define KILLS_PER_FOLDER 50 /* then a new database: old ones take longer to check */

static struct {
    char dir[32];
    bool is_acked[MARKS_MAX];
    int64_t n_marks; /* given out in this folder */
    int64_t kills, acked, lost, doubled, unexplained, broken;
} test;

static struct db *open_db(void)
{
    struct db_config config = { .dir = test.dir };
    struct db *db = NULL;

    return db_open(&config, &db) ? NULL : db;
}

/* --- the process that dies ---------------------------------------------------------- */

static bool append_mark(struct db *db, int64_t mark)
{
    char actor[24];
    const struct event events[] = {
        { .kind = EVENT_START, .unit = "m09-b03" },
        { .kind = EVENT_COMPLETE,
          .unit = "m09-b03",
          .value = 100,
          .flags = EVENT_PASSED,
          .actor = actor },
    };
    struct event_id id;

    (void)snprintf(actor, sizeof(actor), "n%" PRId64, mark);
    return journal_append(db, events, COUNT(events), &id) == ERR_OK;
}

static _Noreturn void work_until_killed(int pipe_fd, int64_t mark)
{
    struct db *db = open_db();

    for (; db && mark < MARKS_MAX; mark++) {
        if (!append_mark(db, mark) ||
            write(pipe_fd, &mark, sizeof(mark)) != sizeof(mark))
            break;
        if (mark % 7 == 0)
            db_checkpoint(db);
        if (mark % 31 == 0)
            (void)!backup_make(db, NULL, 0);
    }
    _exit(3);
}

/* --- the one that watches ----------------------------------------------------------- */

static bool read_ack(int fd, int64_t *mark)
{
    return read(fd, mark, sizeof(*mark)) == sizeof(*mark);
}

static void note_ack(int64_t mark)
{
    test.is_acked[mark] = true;
    test.n_marks = mark + 1;
    test.acked++;
}

static void sleep_us(long us)
{
    struct timespec t = { us / 1000000, us % 1000000 * 1000 };

    (void)nanosleep(&t, NULL);
}

static void kill_once(void)
{
    int fds[2];
    int64_t mark;
    pid_t pid;

    if (pipe(fds) || (pid = fork()) < 0) {
        perror("kills");
        exit(1);
    }
    if (pid == 0) {
        close(fds[0]);
        work_until_killed(fds[1], test.n_marks + 1); /* one may have gone untold */
    }
    close(fds[1]);
    if (hash_random_below(4) == 0) { /* while it is still opening */
        sleep_us((long)hash_random_below(LIFE_US_MAX / 4));
    } else if (read_ack(fds[0], &mark)) {
        note_ack(mark);
        sleep_us((long)hash_random_below(LIFE_US_MAX));
    }
    kill(pid, SIGKILL);
    while (read_ack(fds[0], &mark))
        note_ack(mark);
    close(fds[0]);
    waitpid(pid, NULL, 0);
    test.kills++;
}

static int64_t query(struct db *db, const char *sql)
{
    sqlite3_stmt *st = NULL;
    int64_t n = -1;

    if (sqlite3_prepare_v2(db->sq, sql, -1, &st, NULL) == SQLITE_OK &&
        sqlite3_step(st) == SQLITE_ROW)
        n = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return n;
}

static void check_marks(struct db *db)
{
    static unsigned char found[MARKS_MAX];
    sqlite3_stmt *st = NULL;
    int64_t extra = 0;

    memset(found, 0, sizeof(found));
    if (sqlite3_prepare_v2(db->sq,
                           "SELECT CAST(substr(actor, 2) AS INTEGER), count(*)"
                           " FROM event WHERE actor IS NOT NULL GROUP BY actor",
                           -1, &st, NULL) != SQLITE_OK)
        test.broken++;
    while (st && sqlite3_step(st) == SQLITE_ROW) {
        found[sqlite3_column_int64(st, 0)] = 1;
        test.doubled += sqlite3_column_int64(st, 1) > 1;
    }
    sqlite3_finalize(st);
    for (int64_t i = 0; i < test.n_marks + 2; i++) {
        test.lost += test.is_acked[i] && !found[i];
        extra += found[i] && !test.is_acked[i];
        if (found[i]) {
            test.is_acked[i] = true; /* what is there has to stay */
            if (i >= test.n_marks)
                test.n_marks = i + 1;
        }
    }
    test.unexplained += extra > 1;
}

static void check(bool rebuilds)
{
    struct db *db = open_db();
    struct buf report;

    if (!db) {
        test.broken++;
        return;
    }
    check_marks(db);
    test.broken += query(db, "SELECT count(*) FROM event WHERE kind = 4") !=
                   query(db, "SELECT ifnull(sum(plus), 0) FROM total WHERE"
                             " stat = 'completions' AND dims = '-'");
    test.broken += db_setting(db, "note_database", NULL) != NULL; /* was set aside */
    buf_init(&report, 1 << 20);
    test.broken += rebuilds && journal_rebuild(db, 0, &report) != ERR_OK;
    buf_finish(&report);
    db_close(db);
}

static void one_folder(int64_t n)
{
    char command[64];

    (void)snprintf(test.dir, sizeof(test.dir), "/tmp/bdhvs-kills-XXXXXX");
    if (!mkdtemp(test.dir))
        exit(1);
    test.n_marks = 0;
    memset(test.is_acked, 0, sizeof(test.is_acked));
    for (int64_t i = 0; i < n; i++) {
        kill_once();
        check(i + 1 == n);
    }
    (void)snprintf(command, sizeof(command), "rm -rf '%s'", test.dir);
    (void)!system(command);
}

int main(int argc, char **argv)
{
    int64_t n = 50;

    for (int i = 1; i + 1 < argc; i++)
        if (!strcmp(argv[i], "--n"))
            n = strtoll(argv[i + 1], NULL, 10);
    hash_init();
    if (!freopen("/dev/null", "w", stderr))
        return 1;
    for (int64_t left = n; left > 0; left -= KILLS_PER_FOLDER)
        one_folder(left < KILLS_PER_FOLDER ? left : KILLS_PER_FOLDER);
    printf("{\"kills\":%" PRId64 ",\"acked\":%" PRId64 ",\"acked_lost\":%" PRId64
           ",\"doubled\":%" PRId64 ",\"unexplained\":%" PRId64 ",\"broken\":%" PRId64
           "}\n",
           test.kills, test.acked, test.lost, test.doubled, test.unexplained,
           test.broken);
    return test.lost || test.doubled || test.unexplained || test.broken ||
                   test.acked == 0
               ? 1
               : 0;
}
