#!/usr/bin/env bash
# The packages as a machine meets them: built, looked at by lintian, installed into a bare
# Debian, a lesson taken and sent, upgraded, removed, purged. Needs root and a Debian mirror;
# some ten minutes, for another architecture (under qemu) an hour.
#   tests/packages/test_packages.sh [FOLDER] [--arch amd64|arm64|armhf] [--suite bookworm|trixie]
# FOLDER: packages that are built already
set -uo pipefail
cd "$(dirname "$0")/../.."
[ "$(id -u)" -eq 0 ] || { echo "test_packages: not root: mounts need it: run it with sudo" >&2; exit 77; }

host=$(dpkg --print-architecture)
host_suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
own=$host suite=$host_suite debs=
while [ $# -gt 0 ]; do
    case $1 in
    --arch) own=${2:?--arch needs amd64, arm64 or armhf}; shift 2 ;;
    --suite) suite=${2:?--suite needs bookworm or trixie}; shift 2 ;;
    -*) echo "test_packages: $1: unknown option: see the top of this file" >&2; exit 64 ;;
    *) debs=$1; shift ;;
    esac
done
tools/install package $([ "$own" = "$host" ] || echo foreign)
room=$(mktemp -d "${TMPDIR:-/var/tmp}/bdhvs-packages-XXXXXX")
loops=()
packages=(bdhvs-kiosk bdhvs-kiosk-data bdhvs-content bdhvs-voice-vi bdhvs-report bdhvs-server bdhvs-author bdhvs-kiosk-lockdown)
leave() {
    local mount
    stop_server
    for mount in var/lib/bdhvs var/lib/bdhvs-server dev/shm dev/pts dev proc sys; do
        mountpoint -q "$room/$mount" && umount -l "$room/$mount"
    done
    for loop in ${loops[@]+"${loops[@]}"}; do losetup -d "$loop"; done
    [ -z "${BDHVS_KEEP:-}" ] || return 0
    if mountpoint -q "$room"; then umount -l "$room"; fi
    rm -rf --one-file-system "$room"
}
trap leave EXIT

. tests/packages/lines.sh
inside() { chroot "$room" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
as() { inside runuser -u "$1" -- "${@:2}"; }

stop_server() {
    local pid
    [ -s "$room/run/server.pid" ] || return 0
    pid=$(cat "$room/run/server.pid")
    rm "$room/run/server.pid"
    kill "$pid" || return 1
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || return 0; sleep 0.1; done
    return 1
}

# --- what is built -----------------------------------------------------------------------

built() { # lessons and pictures come with this machine's own architecture
    tools/package --suite "$suite" && { [ "$own" = "$host" ] || tools/package "$own" --suite "$suite"; }
}
if [ -z "$debs" ]; then
    check "tools/package builds" built || finish
    debs=build/packages
    [ "$suite" = "$host_suite" ] || debs=build/packages/$suite
fi
version=$(dpkg-parsechangelog -S Version)
mine() { # the packages of this machine by name
    local name deb
    for name in "$@"; do
        for deb in "$debs/${name}_${version}_"{"$own",all}.deb; do if [ -e "$deb" ]; then echo "$deb"; fi; done
    done
}

# (what is for all architectures is looked at with this machine's own)
lint() { lintian --fail-on error,warning $(mine "${packages[@]}" | if [ "$own" = "$host" ]; then cat; else grep -v '_all\.deb$'; fi); }
# Every program has its page, and every option of --help stands in it.
manual() {
    local page program option bad=0
    for program in "$room"/usr/bin/bdhvs-*; do
        program=${program##*/}
        page=$(zcat "$room/usr/share/man/man1/$program.1.gz" | tr -d '\\') || { echo "$program: no page"; bad=1; continue; }
        for option in $(inside "$program" --help 2>/dev/null | grep -oE '^  --[a-z-]+' | tr -d ' '); do
            grep -qF -e "$option" <<<"$page" || { echo "$program: $option is not in its page"; bad=1; }
        done
    done
    return $bad
}
guarded() {
    local unit
    for unit in bdhvs-kiosk bdhvs-kiosk-safe bdhvs-server; do
        systemd-analyze security --offline=yes --threshold=15 --no-pager "$(find "$room"/{usr/,}lib/systemd/system -name $unit.service | head -n 1)" | tail -n 1 || return 1
    done
    # what mounts for everybody has no mount namespace, and most of what counts there needs one
    systemd-analyze security --offline=yes --threshold=40 --no-pager "$(find "$room"/{usr/,}lib/systemd/system -name bdhvs-stick@.service | head -n 1)" | tail -n 1
}
understood() { inside systemd-analyze verify --man=no bdhvs-kiosk.service bdhvs-kiosk-safe.service bdhvs-stick@sda1.service bdhvs-server.service; }

check "lintian has nothing to say" lint

# --- a bare Debian -----------------------------------------------------------------------

mirror=${BDHVS_MIRROR:-http://deb.debian.org/debian}
sources() {
    printf 'deb %s main\n' "$mirror $suite" "$mirror $suite-updates" "${mirror%/debian}/debian-security $suite-security"
}
debian() { mmdebstrap --variant=minbase --quiet --architectures="$own" --include=systemd,udev "$suite" "$room" - <<<"$1"; }
bare() {
    if [ "$own" != "$host" ]; then # under qemu a 32-bit readdir fails on ext4, whose places have 64 bits
        tests/packages/foreign_runs.sh "$own" && mount -t tmpfs -o mode=755 none "$room" || return 1
    fi
    # a mirror may have the index of armhf's security updates in two halves, for days
    debian "$(sources)" || { find "$room" -xdev -mindepth 1 -delete; debian "deb $mirror $suite main"; } || return 1
    if ls /etc/apt/apt.conf.d/*proxy* >/dev/null 2>&1; then cp /etc/apt/apt.conf.d/*proxy* "$room/etc/apt/apt.conf.d/"; fi
    cp /etc/resolv.conf "$room/etc/resolv.conf"
    local mount
    for mount in dev proc sys; do mount --rbind "/$mount" "$room/$mount" && mount --make-rslave "$room/$mount"; done
    printf '#!/bin/sh\nexit 101\n' >"$room/usr/sbin/policy-rc.d"
    chmod 755 "$room/usr/sbin/policy-rc.d"
    inside apt-get update -q
}
check "a bare Debian ($suite)" bare || finish

# The same packages as an older version, with settings that said something else
older() {
    local deb tree=$room/tmp/tree
    mkdir -p "$room/tmp/old" "$room/tmp/new"
    for deb in $(mine "${packages[@]}"); do
        cp "$deb" "$room/tmp/new/"
        rm -rf "$tree"
        dpkg-deb -R "$deb" "$tree"
        sed -i "s/^Version: .*/Version: 0.0.1/; s/(= $version)/(= 0.0.1)/g" "$tree/DEBIAN/control"
        if [ -d "$tree/etc/bdhvs" ]; then for f in "$tree"/etc/bdhvs/*; do echo '# of 0.0.1' >>"$f"; done; fi
        dpkg-deb -Znone -b "$tree" "$room/tmp/old" >/dev/null || return 1
    done
    rm -rf "$tree"
}
install() { inside sh -c "apt-get install -y -q --no-install-recommends -o Dpkg::Options::=--force-confold /tmp/$1/*.deb"; }
check "packages of an older version" older
check "installed, older" install old || finish

# --- what works --------------------------------------------------------------------------

settled() { [ "$(inside stat -c '%a %U' "$1")" = "700 $2" ]; }
begin_server() {
    inside sh -c 'umask 077; echo "mot-mat-khau-dai" >/run/password; chown bdhvs-server /run/password'
    as bdhvs-server bdhvs-server init --admin quantri --password-file /run/password
}
healthy() {
    local log=$room/run/server.log url
    inside sh -c 'echo $$ >/run/server.pid; exec setpriv --reuid=bdhvs-server --regid=bdhvs-server --init-groups env HOME=/var/lib/bdhvs-server \
        bdhvs-server serve --listen 127.0.0.1:0 --pack /usr/share/bdhvs/packs/bdhvs' >"$log" 2>&1 &
    for _ in $(seq 100); do grep -q http "$log" && break; sleep 0.1; done
    url=$(grep -o 'http://[^ ]*' "$log") && [ "$(curl -sf "$url/healthz")" = ok ]
}
kiosk_sound() { as bdhvs bdhvs-kiosk --check | grep -E '^pack: bdhvs [0-9]+, [0-9]+ lessons$'; }
newest() { inside bdhvs-kiosk --version | grep -qx "bdhvs-kiosk $version"; }
# The same rows on every architecture, at the kiosk and at the server
lesson() {
    mkdir -p "$room/tmp/lesson"
    cp tools/enrol tests/packages/lesson.{sh,replay} "$room/tmp/lesson/"
    as bdhvs bash /tmp/lesson/lesson.sh /tmp/lesson /tmp/lesson-data >"$room/tmp/totals.json" || return 1
    cat tests/packages/lesson.totals.json{,} | cmp - "$room/tmp/totals.json"
}
listens() { # the unit's own command gets as far as saying READY=1
    inside sh -c "test -x /usr/bin/bdhvs-kiosk && ldd /usr/bin/bdhvs-kiosk | grep -q libsystemd"
}

check "its data belongs to the kiosk alone" settled /var/lib/bdhvs bdhvs
check "its data belongs to the server alone" settled /var/lib/bdhvs-server bdhvs-server
check "the server is begun without a question" begin_server
check "the kiosk finds lessons and database sound" kiosk_sound
inside sh -c 'echo "idle-s = 300" >>/etc/bdhvs/bdhvs-kiosk.conf'

check "upgraded" install new
check "the kiosk says its version" newest
check "the kiosk knows libsystemd" listens
check "a lesson is kept and sent; kiosk and server say the same rows as everywhere" lesson
check "settings that nobody touched are the new ones" sh -c "! grep -q 'of 0.0.1' $room/etc/bdhvs/bdhvs-server.conf"
check "settings of the machine stay" grep -q '^idle-s = 300' "$room/etc/bdhvs/bdhvs-kiosk.conf"
check "the kiosk is sound as before" kiosk_sound
check "the server answers" healthy
check "the server ends when asked to" stop_server
check "every program has its page, every option stands in it" manual
check "units are understood" understood
check "units leave little open (at most 1.5; what mounts sticks 4.0)" guarded

where='^/($|\.$|etc$|etc/bdhvs(/bdhvs-(kiosk|ctl|server)\.conf)?$|usr$|(usr/)?lib$|usr/(bin|share)$|usr/bin/bdhvs-[a-z]+$|usr/lib/bdhvs(/stick)?$|usr/share/bdhvs|usr/share/polkit-1(/rules\.d(/60-bdhvs-kiosk\.rules)?)?$|usr/share/(doc|man|man/man1|lintian|lintian/overrides)$|usr/share/doc/bdhvs-|usr/share/man/man1/bdhvs-|usr/share/lintian/overrides/bdhvs-|(usr/)?lib/(systemd|udev|sysusers\.d|tmpfiles\.d|sysctl\.d)(/|$))'
stray() { ! inside dpkg -L "${packages[@]}" | grep -vE "$where|^package diverts|^$"; }
check "nothing lies where it does not belong" stray

# --- a stick -------------------------------------------------------------------------------

disk() { # a disk of 64 MB; its name in $new
    truncate -s 64M "$room/disk-$1" && new=$(losetup --show -P -f "$room/disk-$1") && loops+=("$new")
}
# one of FAT, mounted where the kiosk looks, gone when pulled
stick() {
    local name said
    disk stick && name=${new##*/} || return 1
    # a kernel without FAT (a container's) shows the rest with another file system
    if grep -qw vfat /proc/filesystems || modprobe -q vfat; then mkfs.vfat -n KINGSTON "$new" >/dev/null
    else mke2fs -q -t ext4 -L KINGSTON "$new"; fi
    inside /usr/lib/bdhvs/stick in "$name" || return 1
    said=$(grep "^$new " /proc/mounts); echo "$said"
    [[ "$said" == */run/bdhvs-usb/KINGSTON\ *\ rw,nosuid,nodev,noexec*nosymfollow* ]] || return 1
    [[ "$said" != *\ vfat\ * ]] || as bdhvs mkdir /run/bdhvs-usb/KINGSTON/BDHVS || return 1
    inside /usr/lib/bdhvs/stick in "$name" && [ "$(grep -c "^$new " /proc/mounts)" -eq 1 ] || return 1
    inside /usr/lib/bdhvs/stick out "$name" && ! grep "^$new " /proc/mounts && [ ! -e "$room/run/bdhvs-usb/KINGSTON" ]
}
# a partition of a disk that is mounted elsewhere is none of a stick
own_disk() {
    local parts
    disk own && printf 'start=1MiB,size=20MiB\nstart=21MiB\n' | sfdisk -q "$new" && partx -u "$new" || return 1
    for part in "$new"p{1,2}; do mke2fs -q -t ext4 -L "MINE${part: -1}" "$part" || return 1; done
    mkdir -p "$room/mnt/own" && mount "${new}p1" "$room/mnt/own" || return 1
    inside /usr/lib/bdhvs/stick in "${new##*/}p2" && ! grep "^${new}p2 " /proc/mounts
    parts=$?
    umount "$room/mnt/own"
    [ $parts -eq 0 ] && inside /usr/lib/bdhvs/stick in "${new##*/}p2" && grep "^${new}p2 " /proc/mounts && inside /usr/lib/bdhvs/stick out "${new##*/}p2"
}
garbage() {
    disk garbage && head -c 1M /dev/urandom | dd of="$new" conv=notrunc status=none && inside /usr/lib/bdhvs/stick in "${new##*/}" && ! grep "^$new " /proc/mounts
}
check "a stick comes and goes" stick
check "the machine's own disk is no stick" own_disk
check "what is no file system is left alone" garbage

# --- a full disk -------------------------------------------------------------------------

full_server() {
    local said code
    mount -t tmpfs -o size=64k,mode=700,uid="$(inside id -u bdhvs-server)" none "$room/var/lib/bdhvs-server" || return 1
    said=$(as bdhvs-server bdhvs-server init --admin quantri --password-file /run/password 2>&1)
    code=$?
    umount "$room/var/lib/bdhvs-server"
    echo "$said"
    [ "$code" -eq 1 ] && grep -q 'disk is full' <<<"$said"
}
full_kiosk() {
    local said code
    mount -t tmpfs -o size=64k,mode=700,uid="$(inside id -u bdhvs)" none "$room/var/lib/bdhvs" || return 1
    said=$(as bdhvs bdhvs-kiosk --check 2>&1)
    code=$?
    umount "$room/var/lib/bdhvs"
    echo "$said"
    [ "$code" -eq 1 ] && grep -q '^database: full' <<<"$said" && grep -qE '^pack: bdhvs [0-9]+, [0-9]+ lessons$' <<<"$said"
}
# an upgrade with no room leaves what was there, and goes through later
full_upgrade() {
    mount -t tmpfs -o size=1m none "$room/usr/share/bdhvs/packs" || return 1
    ! inside sh -c 'dpkg -i /tmp/new/bdhvs-content_*.deb' || return 1
    umount "$room/usr/share/bdhvs/packs"
    inside sh -c 'dpkg -i /tmp/new/bdhvs-content_*.deb' && kiosk_sound
}
check "a full disk is said at the server's beginning" full_server
check "the kiosk has its lessons on a full disk" full_kiosk
check "an upgrade that finds no room is taken up again" full_upgrade

# --- away --------------------------------------------------------------------------------

away() { inside dpkg "--$1" "${packages[@]}"; }
kept() { [ -s "$room/var/lib/bdhvs/kiosk.db" ] && [ -s "$room/var/lib/bdhvs-server/server.db" ] && [ -e "$room/etc/bdhvs/bdhvs-kiosk.conf" ]; }
purged() { local said; said=$(away purge 2>&1) && grep 'purge: removing /var/lib/bdhvs ' <<<"$said" && grep 'purge: removing /var/lib/bdhvs-server ' <<<"$said"; }
left() { ! inside find / -xdev \( -path /tmp -o -path /var/log -o -path /proc -o -path /sys -o -path /dev \) -prune -o -name '*bdhvs*' -print | grep .; }
masked() { [ "$(readlink "$room/etc/systemd/system/ctrl-alt-del.target")" = /dev/null ]; }
check "Ctrl-Alt-Del is masked" masked
check "removed" away remove
check "Ctrl-Alt-Del is back" sh -c "! [ -e '$room/etc/systemd/system/ctrl-alt-del.target' ]"
check "removing keeps what was learnt" kept
check "purging says what it takes" purged
check "purging leaves nothing" left
finish
