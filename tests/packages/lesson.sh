#!/bin/bash
# Inside a machine with the packages: one lesson from the first tap to the commune's server, on
# new data. Says the kiosk's totals, then the server's.
#   lesson.sh FOLDER DATA     FOLDER: this file, enrol and lesson.replay; DATA: is made
set -euo pipefail
folder=$1 data=$2
db=sqlite:$data/server.db
pid=
leave() { [ -z "$pid" ] || kill "$pid"; }
trap leave EXIT

mkdir -m 700 "$data" "$data/kiosk"
(umask 077; echo mot-mat-khau-dai >"$data/password")
bdhvs-server init --db "$db" --admin quantri --password-file "$data/password" >&2
mkfifo "$data/said"
bdhvs-server serve --db "$db" --listen 127.0.0.1:0 --pack /usr/share/bdhvs/packs/bdhvs >"$data/said" </dev/null &
pid=$!
read -r line <"$data/said"
bash "$folder/enrol" /usr/bin "$db" "${line#listening on }" "$data/kiosk" >&2

bdhvs-kiosk --data "$data/kiosk" --pack /usr/share/bdhvs/packs/bdhvs --pack-key /usr/share/bdhvs/packs/bdhvs.pub \
    --replay "$folder/lesson.replay" >"$data/frames" || { tail -n 20 "$data/frames" >&2; exit 1; }
bdhvs-ctl --data "$data/kiosk" totals --json
bdhvs-ctl --data "$data/kiosk" sync >&2
bdhvs-server totals --json --db "$db"
