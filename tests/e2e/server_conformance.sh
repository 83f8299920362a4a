#!/bin/sh
# Our own server goes through its own trial, over TLS with its own certificate:
# server_conformance.sh PROGRAM
set -u
program=$1
dir=$(mktemp -d)
failures=0
pid=
unset BDHVS_DB BDHVS_LISTEN
export XDG_CONFIG_HOME="$dir/config"
server() { "$program" "$@" --db "sqlite:$dir/server.db" 2>>"$dir/log" </dev/null; }
fail() { echo "FAILED: $1"; failures=$((failures + 1)); }
trap '[ -z "$pid" ] || kill "$pid"; rm -rf "$dir"' EXIT

echo 'một mật khẩu đủ dài' >"$dir/password"
server init --admin minh --password-file "$dir/password" >/dev/null || fail 'init'
mkfifo "$dir/out"
"$program" serve --listen 127.0.0.1:0 --tls yes --db "sqlite:$dir/server.db" >"$dir/out" 2>>"$dir/log" </dev/null &
pid=$!
read -r line <"$dir/out" || line=
url=${line#listening on }

# a stranger's part alone
"$program" conformance "$url" >"$dir/stranger" 2>>"$dir/log" || fail 'a stranger finds fault'
grep -q '^skipped ack.signed: ' "$dir/stranger" || fail 'what needs a code is not skipped'

code=$(server enrol-code)
mkfifo "$dir/said"
"$program" conformance "$url" --code "$code" >"$dir/said" 2>>"$dir/log" &
trial=$!
while read -r line; do
    echo "$line" >>"$dir/lines"
    case $line in
    number\ *)
        number=${line#number }
        server enrol-confirm "${number%%:*}" >/dev/null || fail 'the number is not that of the server' ;;
    esac
done <"$dir/said"
wait "$trial" || fail 'our own server fails its trial'
grep '^FAILED' "$dir/lines"
grep -q ' ok, 0 failed, 0 skipped$' "$dir/lines" || fail 'not everything was tried'

"$program" conformance http://192.0.2.1/ >/dev/null 2>>"$dir/log"
[ $? -eq 69 ] || fail 'an address without TLS is not refused with 69'
"$program" conformance >/dev/null 2>>"$dir/log"
[ $? -eq 64 ] || fail 'a missing address is not refused with 64'
[ "$failures" -eq 0 ] || cat "$dir/log"
exit "$failures"
