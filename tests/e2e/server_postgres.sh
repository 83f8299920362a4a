#!/bin/sh
# The server's command line with PostgreSQL: server_postgres.sh PROGRAM PG_CLUSTER
# Every check prints one line when it fails; the exit status is the number of failures.
set -u
program=$1
dir=$(mktemp -d)
failures=0
pid=
above_pid=
unset BDHVS_DB BDHVS_LISTEN
export XDG_CONFIG_HOME="$dir/config"

check() { # WORDS COMMAND…: the command must succeed
    what=$1
    shift
    "$@" || { echo "FAILED: $what"; failures=$((failures + 1)); }
}
not() { ! "$@"; }
is() { [ "$1" = "$2" ] || { echo "  got: $1, want: $2"; return 1; }; }
server() { "$program" "$@" --db "$db" 2>"$dir/stderr" </dev/null 8>&-; }
said() { grep -q "$1" "$dir/stderr" || { cat "$dir/stderr"; return 1; }; }
order() {
    echo "$1" >&8
    read -r _ <&9
}
page() { curl -s -o "$dir/page" -D "$dir/head" -w '%{http_code}' "$url/"; }
comes_back() { # within ten seconds
    for try in $(seq 50); do
        [ "$(page)" = 200 ] && return 0
        sleep 0.2
    done
    return 1
}
finish() {
    [ -z "$pid" ] || kill "$pid"
    [ -z "$above_pid" ] || kill "$above_pid"
    exec 8>&-
    wait
    rm -rf "$dir"
}
trap finish EXIT

mkfifo "$dir/orders" "$dir/answers" "$dir/out"
"$2" <"$dir/orders" >"$dir/answers" &
exec 8>"$dir/orders" 9<"$dir/answers"
read -r socket <&9 || exit 1
db="postgresql://bdhvs@/commune?host=$socket"
echo 'một mật khẩu đủ dài' >"$dir/password"
init() { server init --admin minh --password-file "$dir/password" "$@"; }

check 'init refuses a database that is not there' not init
check '… and says so' said 'does not exist'
psql -qX -h "$socket" -U bdhvs -d postgres -c 'CREATE DATABASE commune' || exit 1
check 'serve refuses a database that was never initialised' not server serve --listen 127.0.0.1:0
check 'init works once' init >/dev/null
check 'init does not work twice' not init

"$program" serve --open-page --listen 127.0.0.1:0 --db "$db" >"$dir/out" 2>"$dir/log" </dev/null 8>&- &
pid=$!
read -r line <"$dir/out" || line=
url=${line#listening on }
check 'serve says where it listens' sh -c "case '$url' in http://127.0.0.1:*) ;; *) exit 1 ;; esac"
check 'settings are made beside the running server' server set commune.name 'Xã Đặng Thùy Trâm'
check 'the page is there' is "$(page)" 200
check 'the page knows the setting' grep -q 'Xã Đặng Thùy Trâm' "$dir/page"
check 'a code is eight symbols' is "$(server enrol-code | tr -d '\n' | wc -c)" 8
check 'totals are JSON' is "$(server totals --json)" '{"schema":1,"rows":[]}'
check 'backup ends with 1' is "$(server backup; echo $?)" 1
check '… and names pg_dump' said 'use pg_dump'

order kill
check 'while PostgreSQL is away, one tries later' is "$(page)" 503
check '… at a time that is said' grep -qi '^retry-after: ' "$dir/head"
check '… as do subcommands' is "$(server settings; echo $?)" 75
check 'serve goes on' kill -0 "$pid"
order start
check 'serve finds it again by itself' comes_back
check 'what was set is there' is "$(server settings)" 'commune.name = Xã Đặng Thùy Trâm'

# a province above it, in a database of its own
commune=$db
province="postgresql://bdhvs@/province?host=$socket"
above() { db=$province; server "$@"; code=$?; db=$commune; return $code; }
psql -qX -h "$socket" -U bdhvs -d postgres -c 'CREATE DATABASE province' || exit 1
db=$province
check 'a province is made' init --province --commune 51 >/dev/null
db=$commune
"$program" serve --listen 127.0.0.1:0 --db "$province" >"$dir/out" 2>>"$dir/log" </dev/null 8>&- &
above_pid=$!
read -r line <"$dir/out" || line=
check 'the commune learns where it is' server set parent.url "${line#listening on }"
check 'without its word nothing is told' is "$(server forward; echo $?)" 78
mkfifo "$dir/number"
"$program" parent-enrol "$(above enrol-code --commune 21520)" --db "$commune" \
    >"$dir/number" 2>>"$dir/log" </dev/null 8>&- &
joining=$!
{ read -r number; above enrol-confirm "$number" >/dev/null; cat >/dev/null; } <"$dir/number"
wait "$joining"
check 'it lets the commune in by the number' is $? 0
check 'the commune tells it' server forward >/dev/null
check 'both hold the same' is "$(above totals --json)" "$(server totals --json --outside)"
kill -TERM "$above_pid"
wait "$above_pid"
above_pid=

db="postgresql://bdhvs:geheim@127.0.0.1:1/commune?password=geheim"
check 'a password is not shown' is "$(server settings; grep -c geheim "$dir/stderr")" 0
kill -TERM "$pid"
wait "$pid"
check 'serve ends well' is $? 0
pid=
exit "$failures"
