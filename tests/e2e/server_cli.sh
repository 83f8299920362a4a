#!/bin/sh
# The server's command line as an administrator meets it: server_cli.sh PROGRAM
# Every check prints one line when it fails; the exit status is the number of failures.
set -u
program=$1
dir=$(mktemp -d)
failures=0
pid=
unset BDHVS_DB BDHVS_LISTEN
export XDG_CONFIG_HOME="$dir/config"

check() { # WORDS COMMAND…: the command must succeed
    what=$1
    shift
    "$@" || { echo "FAILED: $what"; failures=$((failures + 1)); }
}
not() { ! "$@"; }
is() { [ "$1" = "$2" ] || { echo "  got: $1, want: $2"; return 1; }; }
server() { "$program" "$@" --db "sqlite:$dir/server.db" 2>>"$dir/stderr" </dev/null; }

serve() { # [OPTION…] starts it and waits for the line with its address
    mkfifo "$dir/out"
    "$program" serve --listen 127.0.0.1:0 --db "sqlite:$dir/server.db" "$@" \
        >"$dir/out" 2>>"$dir/log" </dev/null &
    pid=$!
    read -r line <"$dir/out" || line=
    rm "$dir/out"
    url=${line#listening on }
}
stop() { # SIGNAL
    kill "-$1" "$pid"
    wait "$pid" 2>/dev/null
    status=$?
    pid=
}
finish() {
    [ -z "$pid" ] || kill "$pid"
    rm -rf "$dir"
}
trap finish EXIT

echo 'một mật khẩu đủ dài' >"$dir/password"
echo 'ngắn' >"$dir/short"

check 'serve refuses a database that was never initialised' not server serve --listen 127.0.0.1:0
check 'init refuses to work without a password' not server init --admin minh
check 'init refuses a short password' not server init --admin minh --password-file "$dir/short"
check 'init refuses without a name' not server init --password-file "$dir/password"
check 'init refuses a name that is none' not server init --admin minh --password-file "$dir/password" --host 'a_b'
server init --admin minh --password-file "$dir/password" --host may-chu.xa.vn,10.9.8.7 >"$dir/init" ||
    check 'init works once' false
own=$(server pin)
check 'init says by what kiosks know it' grep -qF "$own" "$dir/init"
check 'init does not work twice' not server init --admin minh --password-file "$dir/password"
check 'the database is its owner'"'"'s alone' is "$(stat -c %a "$dir/server.db")" 600
check 'unknown words are refused with 64' is "$(server dance; echo $?)" 64
check '--help ends well' sh -c "'$program' --help >/dev/null"
check '--version ends well' sh -c "'$program' --version >/dev/null"

server set commune.name 'Xã Đặng Thùy Trâm'
check 'settings work without a running server' is "$(server settings)" 'commune.name = Xã Đặng Thùy Trâm'

serve --open-page
check 'serve says where it listens' sh -c "case '$url' in http://127.0.0.1:*) ;; *) exit 1 ;; esac"
check 'the control socket is its owner'"'"'s alone' is "$(stat -c %a "$dir/server.db.sock")" 600
check 'it leaves no core dump, with the key in it' grep -q '^Max core file size  *0  *0 ' "/proc/$pid/limits"
check 'it is well' is "$(curl -sf "$url/healthz")" ok
check 'the page names the commune' sh -c "curl -sf '$url/' | grep -q 'Xã Đặng Thùy Trâm'"
check 'a second server is refused' not server serve --listen 127.0.0.1:0
check 'totals go through the running server' is "$(server totals --json)" '{"schema":1,"rows":[]}'
check 'a code has eight symbols' is "$(server enrol-code | tr -d '\n' | wc -c)" 8
check 'a number that nobody shows is refused' not server enrol-confirm 12345678
(cd "$dir" && printf '{"thon":{"t01":"Nước Giáp"}}' >thon.json && "$program" load thon.json --db sqlite:server.db)
check 'a path is taken from where the asker stands' sh -c "curl -sf '$url/' | grep -q 'Nước Giáp'"
check 'a backup is made while it serves' server backup "$dir/copy.db" >/dev/null
check 'a backup without a name stands beside the database' is "$(server backup)" "$dir/server.db.backup-1"
check 'the backup opens by itself' sh -c "'$program' settings --db 'sqlite:$dir/copy.db' 2>/dev/null | grep -q 'Nước Giáp'"
check 'a report goes through the running server' server report --period 2026-H2 --out "$dir/r.csv"
check 'it says who has sent nothing' grep -q 'chưa có số liệu' "$dir/r.csv"
check 'a period that is none is refused with 64' is "$(server report --period 2026-H3 --out "$dir/n.csv"; echo $?)" 64
check 'a file that cannot be is refused with 73' is "$(server report --period 2026 --out "$dir/no/n.csv"; echo $?)" 73
check 'DHIS2 has no phases' is "$(server report --period P1 --format dhis2 --out "$dir/n.json"; echo $?)" 65
check 'nothing was left of them' is "$(find "$dir" -name 'n.*')" ''
(cd "$dir" && "$program" report --db sqlite:server.db --period 2026 --freeze --out frozen.json 2>>"$dir/stderr")
check 'what is frozen is listed with its sum' \
    is "$(server report --list | cut -d' ' -f1,7)" "2026 $(sha256sum <"$dir/frozen.json" | cut -d' ' -f1)"
server set thon.t01 'Bùi Hui'
server report --period 2026 --out "$dir/again.json"
check 'frozen figures stay as they were' cmp "$dir/frozen.json" "$dir/again.json"
server set thon.t01 'Nước Giáp'
mkdir -p "$dir/stick/BDHVS/out"
echo noise >"$dir/stick/BDHVS/out/x-1.jws"
check 'a stick is looked at while it serves' is "$(server import "$dir/stick")" '0 taken, 1 refused, 0 left for later'

check 'officials are added while it serves' server staff add --name lan --role inspector --password-file "$dir/password"
check 'but not twice' not server staff add --name lan --role inspector --password-file "$dir/password"
check 'nor without a password' not server staff add --name tam --role editor
check 'nor with a role of another kind' not server staff add --name tam --role king --password-file "$dir/password"
check 'a hash is not taken from the command line' is "$(server staff add tam editor x; echo $?)" 64
check 'they are listed' sh -c "'$program' staff list --db 'sqlite:$dir/server.db' 2>/dev/null | grep -q 'lan  *inspector'"
check 'they get a new password' server staff passwd --name lan --password-file "$dir/password"
check 'the last administrator stays' not server staff remove --name minh
check 'the others can go' server staff remove --name lan
stop KILL
server report --period 2026 --out "$dir/killed.json"
check 'frozen figures outlive a kill' cmp "$dir/frozen.json" "$dir/killed.json"
check 'settings outlive a kill' sh -c "'$program' settings --db 'sqlite:$dir/server.db' 2>/dev/null | grep -q 'Nước Giáp'"
serve
check 'it starts again over a dead socket' is "$(curl -sf "$url/healthz")" ok
stop TERM
check 'SIGTERM ends it well' is "$status" 0
check 'its socket is gone' not [ -e "$dir/server.db.sock" ]

for name in one two; do
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
        -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 \
        -keyout "$dir/$name.key" -out "$dir/$name.pem" 2>/dev/null
done
pin=sha256//$(openssl x509 -in "$dir/one.pem" -noout -pubkey | openssl pkey -pubin -outform der |
    openssl dgst -sha256 -binary | base64)
check 'a certificate without its key is refused' not server serve --listen 127.0.0.1:0 --tls-cert "$dir/one.pem"
check 'another certificate'"'"'s key is refused' not server serve --listen 127.0.0.1:0 \
    --tls-cert "$dir/one.pem" --tls-key "$dir/two.key"
check 'a file that is no certificate is refused' not server serve --listen 127.0.0.1:0 \
    --tls-cert "$dir/password" --tls-key "$dir/one.key"
serve --tls-cert "$dir/one.pem" --tls-key "$dir/one.key"
check 'https says so' sh -c "case '$url' in https://127.0.0.1:*) ;; *) exit 1 ;; esac"
check 'a client that knows the certificate is served' \
    is "$(curl -sf --cacert "$dir/one.pem" "$url/healthz")" ok
check 'a client that knows the pin alone is served' \
    is "$(curl -sfk --pinnedpubkey "$pin" "$url/healthz")" ok
check 'a client that knows another certificate is not' \
    not curl -sf --cacert "$dir/two.pem" "$url/healthz"
stop TERM
check 'https ends well too' is "$status" 0

check 'renewing keeps the pin' sh -c "'$program' renew-cert x.vn --db 'sqlite:$dir/server.db' 2>/dev/null | grep -qF '$own'"
server certificate >"$dir/own.pem"
check 'the new name stands in it' sh -c "openssl x509 -in '$dir/own.pem' -noout -text | grep -q 'DNS:x.vn'"
serve --tls yes
check 'its own certificate is served' is "$(curl -sf --cacert "$dir/own.pem" "$url/healthz")" ok
check 'to who knows the pin' is "$(curl -sfk --pinnedpubkey "$own" "$url/healthz")" ok
check 'and not to who knows another' not curl -sfk --pinnedpubkey "$pin" "$url/healthz"
check 'the pin goes through the running server' is "$(server pin)" "$own"
stop TERM
check 'a moved copy keeps the pin' is "$("$program" pin --db "sqlite:$dir/copy.db" 2>>"$dir/stderr")" "$own"
check 'an unknown --tls is refused with 64' is "$(server serve --listen 127.0.0.1:0 --tls maybe; echo $?)" 64

check 'a taken port is said' sh -c "! '$program' serve --listen 256.1.1.1:1 --db 'sqlite:$dir/server.db' 2>/dev/null"

[ "$failures" -eq 0 ] || cat "$dir/stderr" "$dir/log"
exit "$failures"
