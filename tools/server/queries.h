/* The one list of statements that the server ever runs; their texts are in queries.c.
 * A backend prepares them once, by number. */
#pragma once

enum query {
    Q_IDENTITY_GET,  /* $1 name → value */
    Q_IDENTITY_SET,  /* $1 name $2 value */
    Q_SETTING_GET,   /* $1 key → value */
    Q_SETTING_SET,   /* $1 key $2 value */
    Q_SETTING_DROP,  /* $1 key */
    Q_SETTING_KNOWN, /* $1 key → 1 */
    Q_SETTINGS,      /* → key value, by key */
    Q_ADMIN_ADD,     /* $1 name $2 hash $3 ms */
    Q_ADMIN_COUNT,   /* → n of the administrators */
    Q_ADMIN_GET,     /* $1 name → role hash */

    Q_STAFF,          /* → name role made_ms, by name */
    Q_STAFF_ADD,      /* $1 name $2 hash $3 ms $4 role */
    Q_STAFF_PASSWORD, /* $1 name $2 hash */
    Q_STAFF_REMOVE,   /* $1 name */

    Q_AUDIT_LAST, /* → seq chain of the newest line */
    Q_AUDIT_ADD,  /* $1 seq $2 ms $3 who $4 what $5 object $6 chain */
    Q_AUDIT, /* $1 seq → seq at_ms who what object chain of it and the later ones */

    Q_DIFFICULTY_ADD,   /* $1 day $2 place $3 kind $4 words $5 who $6 in_report */
    Q_DIFFICULTY_STATE, /* $1 seq $2 state $3 day */
    Q_DIFFICULTY_KNOWN, /* $1 seq → 1 */
    Q_DIFFICULTIES,     /* → seq day place name kind words who state in_report
                           changed_day, newest first */

    Q_ENTRY_LAST, /* → the greatest seq, 0: none */
    Q_ENTRY_ADD,  /* $1 seq $2 root $3 kind $4 day $5 fields $6 who $7 day of today */
    Q_ENTRY,   /* $1 seq → seq root kind day fields state by changed_by changed_day */
    Q_ENTRIES, /* $1 kind → the same, newest first */
    Q_ENTRY_VERSIONS, /* $1 root → the same */
    Q_ENTRY_STATE,    /* $1 seq $2 state $3 who $4 day */
    Q_ENTRY_FIELDS,   /* $1 seq $2 fields: what is personal leaves them */

    Q_CODE_ADD,   /* $1 hash $2 expires_ms $3 commune, null: the server's own */
    Q_CODE_GET,   /* $1 hash → expires_ms tries_left kid or null, commune or null */
    Q_CODE_BIND,  /* $1 hash $2 kid: only this machine may use it now */
    Q_CODE_MISS,  /* $1 now_ms: one try less for every code that no machine has */
    Q_CODE_SWEEP, /* $1 ms: codes that ran out before go */

    Q_KIOSK_ASK,    /* $1 kid $2 public_hex $3 number $4 ms $5 sha256 of the request
                        $6 commune or null: a machine waits, or one we know asks anew */
    Q_KIOSK_BY_KID, /* $1 kid → kiosk public_hex state asked_sha commune or null */
    Q_KIOSK_BY_TAG, /* $1 first 8 characters of a kid → kiosk public_hex state, of those
                        that were confirmed */
    Q_KIOSK_WAITING, /* $1 number $2 not asked before ms → kid */
    Q_KIOSK_NAME,    /* $1 kid $2 kiosk $3 ms: confirmed */
    Q_KIOSK_KNOWN,   /* $1 kiosk → 1 */
    Q_KIOSK_REVOKED, /* $1 kiosk → 1 */
    Q_KIOSK_REVOKE,  /* $1 kiosk */
    Q_KIOSK_SWEEP,   /* $1 ms: those who waited longer go */
    Q_KIOSK_SEEN,    /* $1 kiosk $2 ms $3 version $4 pack_ver $5 only_here $6 free_mb
                        $7 db $8 temp_c $9 power_cuts $10 undervolt $11 system */
    Q_KIOSK_TWIN,    /* $1 kiosk $2 ms: two machines with one key */
    Q_KIOSKS,        /* → kiosk state seen_ms version pack_ver only_here free_mb db
                        twin_ms number temp_c power_cuts undervolt commune or null system */
    Q_KIOSK_CLOCKS,  /* → kiosk trust uncertainty_ms of the newest run of each */
    Q_KIOSK_UPLOADS, /* $1 kiosk $2 ms → at_ms of what it sent since then, as far as it
                        is kept */

    Q_UPLOAD_OTHER, /* $1 kiosk $2 n $3 sha256 → n of other byte strings */
    Q_UPLOAD_ADD,   /* $1 kiosk $2 n $3 sha256 $4 ms */
    Q_UPLOAD_PRUNE, /* $1 kiosk $2 n: older ones go */

    Q_RUN_LINE, /* $1 commune $2 kiosk $3 run $4 ord $5 start $6 uncertainty $7 trust */
    Q_RUN_SPAN, /* $1 commune $2 kiosk $3 run $4 from $5 to */
    Q_RUN_HELD, /* $1 commune $2 kiosk $3 run → held top ord */
    Q_RUN_START,    /* the same key → start_ms uncertainty_ms trust */
    Q_RUNS_OF,      /* $1 commune $2 kiosk → run ord */
    Q_COUNT_MERGE,  /* $1 commune $2 kiosk $3 run $4 stat $5 period $6 unit $7 dims
                      $8 plus $9 minus */
    Q_COUNT_OTHERS, /* $1…$3 same $4 period $5 unit $6 dims: sum of plus of completions
                       of this day, or hour of the run, and dims elsewhere */
    Q_GAUGE_MERGE,  /* $1 commune $2 kiosk $3 stat $4 period $5 unit $6 dims $7 value
                      $8 ord $9 rev $10 run */

    Q_HELD_ADD,  /* as Q_COUNT_MERGE, then $10 ms */
    Q_HELD_LIST, /* → kiosk period n_rows sum_plus, by both */
    Q_HELD_ROWS, /* $1 kiosk $2 period → commune kiosk run stat period unit dims
                       plus minus */
    Q_HELD_DROP, /* $1 kiosk $2 period */
    Q_ADMITTED,  /* $1 kiosk $2 period → 1 */
    Q_ADMIT,     /* $1 kiosk $2 period $3 ms */

    Q_TOTALS,    /* → stat period unit dims value, sorted, no zeros */
    Q_TOTALS_OF, /* $1 kiosk → the same of it alone */
    /* What the page reads: stat period unit dims value start_ms uncertainty_ms trust. */
    Q_PAGE_DAYS,  /* $1 first day $2 last day → dims -, summed over kiosks and runs */
    Q_PAGE_THONS, /* $1 $2 as well → completions by thôn, summed over lessons too */
    Q_PAGE_HOURS, /* → both kinds with ?h, a row for each run, with its clock */
    Q_PAGE_CUBES, /* $1 stat $2 first day $3 last day → of one dim alone, no hours, summed over lessons too */
    Q_PAGE_CUBE_HOURS, /* $1 stat → the same with ?h, a row for each run */
    Q_PAGE_OF_KIOSK,   /* $1 kiosk $2 stat → dims -, summed over its lessons; of ?h a
                          row for each run */
    Q_PAGE_GAUGES,     /* $1 period → stat unit dims value, without the stock */
    Q_PAGE_STOCK, /* $1 period → the same of `registered`: of each kiosk the newest
                      gauge in a period of this kind up to it */
    /* What a report reads (tally.c), of all kiosks together. */
    Q_REPORT_DAYS, /* $1 first day $2 last day $3 stat or "" → stat unit dims value */
    Q_REPORT_HOURS, /* → as Q_PAGE_HOURS, with all dims */
    Q_REPORT_STOCK, /* $1 period $2 stat → as Q_PAGE_STOCK */
    Q_REPORT_FIRST, /* → stat dims first: the first day or month, null: none is certain */

    /* What is drawn for an inspector (spot_check.c). */
    Q_CHECK_ROWS, /* $1 first day $2 last day → kiosk period unit value start_ms
                     uncertainty_ms trust run of completions, dims -, and of all hours,
                     a row for each run */
    /* What may leave the commune (outside_read.c): no pairs of dims. */
    Q_OUTSIDE_DAYS, /* $1 last day of P1 → stat month phase (or "") unit dims value */
    Q_OUTSIDE_GAUGES, /* → stat period unit dims value */

    /* What the parent is told (forward.c): `rev` says when a figure was last another. */
    Q_FORWARD_ROWS,  /* → stat period unit dims value */
    Q_FORWARD_SET,   /* $1 stat $2 period $3 unit $4 dims $5 value $6 rev */
    Q_FORWARD_AFTER, /* $1 rev $2 n → stat period unit dims value rev of the next n */
    Q_FORWARD_LEFT,  /* $1 rev → n of the later ones */

    Q_GAUGES_ZERO, /* $1 kiosk: what it told in gauges is withdrawn */

    /* What a province reads, commune by commune (communes.c). */
    Q_COMMUNES,       /* → commune seen_ms of its newest sender, or 0 */
    Q_COMMUNE_GAUGES, /* $1 period → commune stat unit value, dims -, without stock */
    Q_COMMUNE_STOCK,  /* $1 period → commune value of `registered`, as Q_PAGE_STOCK */
    Q_COMMUNE_DAYS,   /* $1 first day $2 last day → commune stat value, dims - */
    Q_COMMUNE_HOURS,  /* → commune stat period value start_ms uncertainty_ms trust */

    Q_FROZEN_ADD,  /* $1 period $2 version $3 ms $4 sha256 $5 document */
    Q_FROZEN_LAST, /* $1 period → version, 0: none */
    Q_FROZEN_GET,  /* $1 period $2 version → sha256 document */
    Q_FROZEN_LIST, /* → period version ms sha256, by both */

    Q_REACHED_ADD,  /* $1 target $2 day: the first day stays */
    Q_REACHED_DROP, /* $1 target: it was set anew */
    Q_REACHED_GET,  /* $1 target → day */
    Q_PEOPLE_SUM,   /* $1 stat $2 period $3 dims → value */

    Q_COUNT_ROWS, /* → counters gauges runs held */
    QUERY_COUNT
};

/* SQL with $1, $2, … that SQLite and PostgreSQL both take. */
extern const char *const queries[QUERY_COUNT];
