#!/bin/sh
# A kiosk of its own process is enrolled over TLS and sends by the pin of its grant; to another
# key it says nothing, and to the same server at another place it still speaks:
# server_tls.sh BDHVS-SERVER BDHVS-CTL
set -u
server=$1
ctl=$2
dir=$(mktemp -d)
failures=0
pid=
unset BDHVS_DB BDHVS_LISTEN BDHVS_DATA
export XDG_CONFIG_HOME="$dir/config"
fail() { echo "FAILED: $1"; failures=$((failures + 1)); }
trap '[ -z "$pid" ] || kill "$pid"; rm -rf "$dir"' EXIT

serve() { # ADDR:PORT DB [OPTION…]
    mkfifo "$dir/out"
    listen=$1
    where=$2
    shift 2
    "$server" serve --listen "$listen" --db "$where" --tls yes "$@" >"$dir/out" 2>>"$dir/log" </dev/null &
    pid=$!
    read -r line <"$dir/out" || line=
    rm "$dir/out"
    url=${line#listening on }
    address=${url#https://}
}
stop() { kill "$pid"; wait "$pid" 2>/dev/null; pid=; }
sync() { "$ctl" --data "$dir/kiosk" sync 2>>"$dir/log"; }

db="sqlite:$dir/server.db"
key=RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3
echo 'một mật khẩu đủ dài' >"$dir/password"
"$server" init --admin minh --password-file "$dir/password" --db "$db" >/dev/null 2>>"$dir/log" || fail 'init'
"$server" set content.other-key "$key" --db "$db" || fail 'the second content key is not taken'
serve 127.0.0.1:0 "$db"
code=$("$server" enrol-code --db "$db")
number=$("$ctl" --data "$dir/kiosk" enrol "$url" "$code" 2>>"$dir/log" | grep -oE '[0-9]{8}' | head -n 1)
"$server" enrol-confirm "$number" --db "$db" >/dev/null || fail 'the number is not known'
"$ctl" --data "$dir/kiosk" enrol "$url" "$code" --confirm "$number" >/dev/null 2>>"$dir/log" || fail 'enrolment over TLS'
told() { sqlite3 "$dir/kiosk/kiosk.db" "SELECT value FROM setting WHERE key = '$1'"; }
[ "$(told server.pin)" = "$("$server" pin --db "$db")" ] || fail 'the grant has not the pin'
[ "$(told content.other-key)" = "$key" ] || fail 'the grant has not the second content key'
sync | grep -q '"last":"verified"' || fail 'the pinned server is not believed'
"$server" backup "$dir/moved.db" --db "$db" >/dev/null || fail 'backup'
stop

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=x \
    -keyout "$dir/other.key" -out "$dir/other.pem" 2>/dev/null
serve "$address" "$db" --tls-cert "$dir/other.pem" --tls-key "$dir/other.key"
sync | grep -q '"last":"stranger"' || fail 'another key is believed'
stop

serve "$address" "sqlite:$dir/moved.db"
sync | grep -q '"last":"verified"' || fail 'the moved server is not believed'
stop

[ "$failures" -eq 0 ] || cat "$dir/log"
exit "$failures"
