#!/bin/sh
# A PostgreSQL cluster of one test's own, in a folder of $TMPDIR or in memory, reached
# through a socket there as user bdhvs. Its first line on stdout is the folder. Each line
# on stdin is an order, answered with "ok" when it is done:
#   crash SECONDS   wait, kill every process of it at once, start it again
#   kill            the same without the start
#   start
# At the end of stdin – the test ended, however – the cluster is stopped and removed.
set -u
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ ! -x "$bin/initdb" ]; then
    echo "pg_cluster: PostgreSQL is missing: apt-get install postgresql" >&2
    exit 1
fi
where=${TMPDIR:-/dev/shm}
[ -w "$where" ] || where=/tmp
dir=$(mktemp -d "$where/bdhvs-pg-XXXXXX")
unprivileged=
if [ "$(id -u)" -eq 0 ]; then # PostgreSQL refuses to work for root
    chown nobody "$dir"
    unprivileged='setpriv --reuid nobody --regid nogroup --clear-groups'
fi
pid=
trap '' INT TERM # the end of stdin says when it is over

launch() {
    $unprivileged "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= \
        -c max_connections=20 -c shared_buffers=32MB -c max_wal_size=128MB \
        >>"$dir/log" 2>&1 </dev/null &
    pid=$!
}
start() { # after a crash it refuses until the last of the killed is gone
    launch
    for try in $(seq 300); do
        "$bin/pg_isready" -q -h "$dir" && return 0
        sleep 0.1
        kill -0 "$pid" 2>/dev/null || launch
    done
    tail -n 5 "$dir/log" >&2
    return 1
}
crash() {
    # the children are its own: postmaster first, so that it cannot replace them
    kill -STOP "$pid"
    kill -KILL $(cat "/proc/$pid/task/$pid/children") "$pid"
    wait "$pid" 2>/dev/null
    pid=
}
finish() {
    [ -z "$pid" ] || kill -QUIT "$pid" 2>/dev/null
    [ -z "$pid" ] || wait "$pid" 2>/dev/null
    rm -rf "$dir"
}
trap finish EXIT

cd "$dir" || exit 1
$unprivileged "$bin/initdb" -D "$dir/data" -A trust -U bdhvs -E UTF8 --locale=C.UTF-8 \
    --no-sync --no-instructions >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
start || exit 1
echo "$dir"
while read -r order seconds; do
    case $order in
    crash)
        sleep "$seconds"
        crash
        start
        ;;
    kill) crash ;;
    start) start ;;
    esac && echo ok || echo failed
done
