#!/usr/bin/env bash
# bdhvs-update against a folder for a machine, with stand-ins for dpkg and systemctl: what is kept,
# what goes back, what is refused, and the power cut at each program it starts.
#   tests/fault/update.sh BIN    BIN: folder of bdhvs-update and bdhvs-pack
set -euo pipefail
bin=$(cd "${1:?BIN}" && pwd)
room=$(mktemp -d "${TMPDIR:-/tmp}/bdhvs-update-XXXXXX")
trap 'rm -rf "$room"' EXIT
export M=$room/machine PATH=$room/stand-ins:$PATH
failed=0 passed=0
ok() { # ok WORDS WANTED GOT
    if [ "$2" = "$3" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED  $1: wanted “$2”, got “$3”"; fi
}

# --- stand-ins: what is installed is the file "installed"; the cut kills who asked -----------

mkdir -p "$room/stand-ins"
cat >"$room/stand-ins/common" <<'END'
n=$(($(cat "$M/count" 2>/dev/null || echo 0) + 1)); echo $n >"$M/count"
cut() { if [ -e "$M/cut" ] && [ "$n" = "$(cat "$M/cut")" ]; then kill -9 $PPID; exit 1; fi; }
END
cat >"$room/stand-ins/dpkg" <<'END'
#!/bin/sh
. "${0%/*}/common"
case "$*" in
*--print-architecture*) echo amd64 ;;
*--no-act*) ;;
*--configure*) ;;
*--install*)
    cut # before anything, then with the new program there and the database untouched
    for deb in "$@"; do case $deb in */bdhvs-kiosk_*) v=${deb##*/bdhvs-kiosk_}; echo "${v%%_*}" >"$M/installed" ;; esac; done
    case "$*" in *_0.1.0_*) [ ! -e "$M/no-way-back" ] || { echo 0.2.0 >"$M/installed"; exit 1; } ;; esac
    [ ! -e "$M/broken-dpkg" ] || { rm "$M/broken-dpkg"; exit 1; } ;;
esac
cut
END
cat >"$room/stand-ins/apt-get" <<'END'
#!/bin/sh
. "${0%/*}/common"
cut
[ ! -e "$M/needs" ]
END
cat >"$room/stand-ins/dpkg-query" <<'END'
#!/bin/sh
. "${0%/*}/common"
cut
for package; do :; done
if [ "$package" = bdhvs-kiosk ]; then echo "installed $(cat "$M/installed")"; else exit 1; fi
END
cat >"$room/stand-ins/systemctl" <<'END'
#!/bin/sh
. "${0%/*}/common"
cut
[ "$1" = start ] || exit 0
v=$(cat "$M/installed")
[ "$v" = 0.1.0 ] || echo "migrated by $v" >"$M/var/lib/bdhvs/kiosk.db"
[ "$(cat "$M/mute" 2>/dev/null)" != "$v" ]
END
chmod +x "$room"/stand-ins/*

# --- the machine ------------------------------------------------------------------------------

"$bin/bdhvs-pack" keygen --out "$room/program"
"$bin/bdhvs-pack" keygen --out "$room/other"
for v in 0.1.0 0.2.0; do mkdir -p "$room/debs"; echo "package $v" >"$room/debs/bdhvs-kiosk_${v}_amd64.deb"; done
stick=$M/media/stick/BDHVS/program
release() { # release VERSION VER [KEY [SUITE [ARCH]]]
    [ "${5:-amd64}" = amd64 ] || cp "$room/debs/bdhvs-kiosk_$1_amd64.deb" "$room/debs/bdhvs-kiosk_$1_$5.deb"
    rm -rf "$stick"
    "$bin/bdhvs-pack" program "$room/debs" "$stick" "$room/${3:-program}.key" --release "$1" --ver "$2" --suite "${4:-bookworm}" --arch "${5:-amd64}" >/dev/null
}
machine() {
    rm -rf "$M"
    mkdir -p "$M/var/lib/bdhvs/update" "$M/etc" "$M/usr/share/bdhvs" "$M/var/lib/bdhvs-update"
    echo VERSION_CODENAME=bookworm >"$M/etc/os-release"
    cp "$room/program.pub" "$M/usr/share/bdhvs/"
    echo 0.1.0 >"$M/installed"
    echo "of before" >"$M/var/lib/bdhvs/kiosk.db"
    "$bin/bdhvs-update" --root "$M" adopt "$room/debs" >/dev/null 2>&1
    echo 0 >"$M/count"
    release 0.2.0 2
}
update() { touch "$M/var/lib/bdhvs/update/request"; "$bin/bdhvs-update" --root "$M" "${1:-run}" 2>>"$room/log" || true; }
state() { "$bin/bdhvs-update" --root "$M" status | sed -n '1p'; }
runs() { cat "$M/installed"; }
data() { cat "$M/var/lib/bdhvs/kiosk.db"; }
untouched() { ok "$1: the program" 0.1.0 "$(runs)"; ok "$1: the database" "of before" "$(data)"; }

# --- ends ---------------------------------------------------------------------------------------

machine; update >/dev/null
ok "kept" "kept (fine)" "$(state)"; ok "kept: the program" 0.2.0 "$(runs)"; ok "kept: the database" "migrated by 0.2.0" "$(data)"
ok "kept: the way back" bdhvs-kiosk_0.2.0_amd64.deb "$(ls "$M/var/lib/bdhvs-update/kept")"
update >/dev/null; ok "the same again" "refused (not newer than what runs)" "$(state)"; ok "the same again: runs" 0.2.0 "$(runs)"

echo lock >"$room/debs/bdhvs-kiosk-lockdown_0.2.0_all.deb"; machine; rm "$room/debs/bdhvs-kiosk-lockdown_0.2.0_all.deb"; update >/dev/null
ok "an extra: in the update" yes "$([ -e "$stick/bdhvs-kiosk-lockdown_0.2.0_all.deb" ] && echo yes || echo no)"
ok "an extra: kept" "kept (fine)" "$(state)"
ok "an extra that was not installed" bdhvs-kiosk_0.2.0_amd64.deb "$(ls "$M/var/lib/bdhvs-update/kept")"

machine; echo 0.2.0 >"$M/mute"; update >/dev/null
ok "no picture" "back (the new program presented no frame)" "$(state)"; untouched "no picture"
rm "$M/mute"; update >/dev/null; ok "tried again" "kept (fine)" "$(state)"
machine; touch "$M/broken-dpkg"; update >/dev/null
ok "dpkg fails" "back (dpkg failed)" "$(state)"; untouched "dpkg fails"

# What cannot be undone is started all the same; once it shows a picture people learn with it, and
# nothing is put back over that.
machine; echo 0.2.0 >"$M/mute"; touch "$M/no-way-back"; update >/dev/null
ok "cannot go back" "going back (the new program presented no frame)" "$(state)"
rm "$M/mute"; "$bin/bdhvs-update" --root "$M" settle >/dev/null 2>>"$room/log"
echo "learnt since" >"$M/var/lib/bdhvs/kiosk.db"; rm "$M/no-way-back"; update recover >/dev/null
ok "cannot go back, but runs" "kept (fine)" "$(state)"; ok "what was learnt since" "learnt since" "$(data)"

# A link in place of the kiosk's own folder leads root nowhere.
machine; rm -r "$M/var/lib/bdhvs/update"; touch "$M/etc/request"; ln -s "$M/etc" "$M/var/lib/bdhvs/update"
"$bin/bdhvs-update" --root "$M" run >/dev/null 2>>"$room/log"
ok "a link for the request's folder" yes "$([ -e "$M/etc/request" ] && echo yes || echo no)"

# refused WORDS WHY COMMAND…: what is done to a sound machine before it is asked
refused() {
    machine; eval "$3"; update >/dev/null
    ok "$1" "refused ($2)" "$(state)"; untouched "$1"
    ok "$1: asked once" no "$([ -e "$M/var/lib/bdhvs/update/request" ] && echo yes || echo no)"
}
refused "no stick" "no update found" 'rm -rf "$M/media"'
refused "unsigned" "not signed by the program key" 'rm "$stick/list.json.minisig"'
refused "another key" "not signed by the program key" 'release 0.2.0 2 other'
refused "a changed list" "not signed by the program key" 'sed -i "s/\"ver\":2/\"ver\":9/" "$stick/list.json"'
refused "another Debian" "made for another Debian or processor" 'release 0.2.0 2 program trixie'
refused "another processor" "made for another Debian or processor" 'release 0.2.0 2 program bookworm arm64'
refused "a damaged package" "a package is damaged" 'echo x >"$stick/bdhvs-kiosk_0.2.0_amd64.deb"'
refused "a longer package" "a package is damaged" 'echo x >>"$stick/bdhvs-kiosk_0.2.0_amd64.deb"'
refused "a missing package" "a package is damaged" 'rm "$stick"/*.deb'
refused "a link for a package" "a package is damaged" 'mv "$stick"/*.deb "$room/aside.deb"; ln -s "$room/aside.deb" "$stick/bdhvs-kiosk_0.2.0_amd64.deb"'
refused "a pipe for a package" "a package is damaged" 'rm "$stick"/*.deb; mkfifo "$stick/bdhvs-kiosk_0.2.0_amd64.deb"'
refused "a folder for a package" "a package is damaged" 'rm "$stick"/*.deb; mkdir "$stick/bdhvs-kiosk_0.2.0_amd64.deb"'
refused "a pipe for the signature" "not signed by the program key" 'rm "$stick/list.json.minisig"; mkfifo "$stick/list.json.minisig"'
refused "a link for the folder" "no update found" 'mv "$stick" "$room/aside"; ln -s "$room/aside" "$stick"'
rm -rf "$room/aside" "$room/aside.deb"
refused "missing dependencies" "needs packages that are not installed" 'touch "$M/needs"'
refused "no way back" "the packages of the running program are not kept" 'rm -rf "$M/var/lib/bdhvs-update/kept"'
refused "no key" "not signed by the program key" 'rm "$M/usr/share/bdhvs/program.pub"'

# --- the power cut at each program that is started, with a new one that shows a picture or none ----

for mute in 0.0.0 0.2.0; do
    for at in $(seq 1 60); do
        machine; echo $mute >"$M/mute"; echo "$at" >"$M/cut"
        update >/dev/null 2>&1
        reached=$(cat "$M/count"); rm "$M/cut"
        [ "$reached" -ge "$at" ] || break
        # starts of the machine: recover, then systemd starts the kiosk, which settles
        for _ in 1 2 3 4; do
            "$bin/bdhvs-update" --root "$M" recover >/dev/null 2>>"$room/log" || true
            if systemctl start bdhvs-kiosk; then "$bin/bdhvs-update" --root "$M" settle >/dev/null 2>>"$room/log" || true; fi
        done
        end=$(state)
        case "$mute $(runs) $(data) ${end%% *}" in
        "0.0.0 0.2.0 migrated by 0.2.0 kept" | "0.0.0 0.1.0 of before back" | "0.0.0 0.1.0 of before refused" | "0.0.0 0.1.0 of before none") passed=$((passed + 1)) ;;
        "0.2.0 0.1.0 of before back" | "0.2.0 0.1.0 of before refused" | "0.2.0 0.1.0 of before none") passed=$((passed + 1)) ;;
        *) failed=$((failed + 1)); echo "FAILED  cut at $at (mute $mute): runs $(runs), database “$(data)”, $end" ;;
        esac
    done
    ok "cuts were made (mute $mute)" yes "$([ "$at" -gt 8 ] && echo yes || echo no)"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
