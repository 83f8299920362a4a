#!/usr/bin/env bash
# The image of tools/deploy in a virtual machine: its first start, that its root forgets and its data
# last, also when it is killed, and that it comes up without its data. Needs root, some minutes (BDHVS_ACCEL=kvm
# where that works), and a Debian mirror unless an image is given.
#   tests/deploy/test_image.sh [IMAGE]      made by tools/deploy/image [a new one]
# BDHVS_LOOK=FOLDER keeps what the screen showed.
set -uo pipefail
cd "$(dirname "$0")/../.."
[ "$(id -u)" -eq 0 ] || { echo "test_image: not root: an image is made: run it with sudo" >&2; exit 77; }
tools/install image vm

work=$(mktemp -d "${TMPDIR:-/var/tmp}/bdhvs-vm-XXXXXX")
vm=
leave() {
    [ -z "$vm" ] || kill "$vm" 2>/dev/null
    rm -rf "$work"
}
trap leave EXIT
. tests/packages/lines.sh
image=${1:-$work/kiosk.img}
stem=${image%.img}
disk=$work/disk.img
[ -n "${1:-}" ] || check "an image" tools/deploy/image "$image" || finish

# --- what is asked inside --------------------------------------------------------------------

offset() { sfdisk -J "$disk" 2>/dev/null | tr -d ' \n' | grep -o '"start":[0-9]*' | sed -n "${1}s/.*://p" | awk '{ print $1 * 512 }'; }
fs() { debugfs ${3:+-w} -R "$2" "$disk?offset=$(offset "$1")" 2>/dev/null; } # PARTITION REQUEST [write]
# A service that says on the serial line what it finds and leaves a mark in root and data; then it
# waits, so that the machine can be killed.
asker() {
    cat >"$work/ask.service" <<END
[Unit]
After=local-fs.target var-lib-bdhvs.mount bdhvs-clock.service
ConditionPathExists=!/etc/bdhvs/first-boot
[Service]
Type=oneshot
ExecStart=/bin/sh /ask
StandardOutput=tty
StandardError=tty
TTYPath=/dev/ttyS0
END
    cat >"$work/ask" <<'END'
say() { echo "ASK $*"; }
say root "$(findmnt -no FSTYPE /)"
say card "$(findmnt -no OPTIONS /run/bdhvs-root/card | cut -c1-2)"
say mark "$(cat /mark 2>/dev/null)"
echo written >/mark; say written "$(cat /mark)"
say machine "$(cat /etc/machine-id) $(hostname)"
if mountpoint -q /var/lib/bdhvs; then
    say data "$(findmnt -no OPTIONS /var/lib/bdhvs)"
    starts=$(cat /var/lib/bdhvs/starts 2>/dev/null || echo 0)
    echo $((starts + 1)) >/var/lib/bdhvs/starts; sync /var/lib/bdhvs/starts
    say starts $((starts + 1))
    say size "$(df --output=size -m /var/lib/bdhvs | tail -n 1)"
else
    say data none
fi
for i in $(seq 300); do
    systemctl is-active -q bdhvs-kiosk && break
    [ "$(systemctl show -P NRestarts bdhvs-kiosk)" -lt 3 ] || break
    sleep 1
done
say kiosk "$(systemctl show -P ActiveState bdhvs-kiosk)"
journalctl -b -u bdhvs-kiosk -o cat --no-pager | sed 's/^/LOG /'
say db "$(ls /var/lib/bdhvs/kiosk.db 2>/dev/null || echo none)"
say failed "$(systemctl --failed --plain --no-legend | cut -d' ' -f1 | tr '\n' ' ')"
say accounts "$(awk -F: '$2 !~ /^[!*]/' /etc/shadow | wc -l)"
say ssh "$(ls /etc/ssh/ssh_host_* 2>/dev/null | wc -l)"
say end
END
    fs 2 "write $work/ask ask" w >/dev/null
    fs 2 "write $work/ask.service etc/systemd/system/ask.service" w >/dev/null
    fs 2 "symlink etc/systemd/system/multi-user.target.wants/ask.service /etc/systemd/system/ask.service" w >/dev/null
    # no graphics chip in a virtual machine: what the package says of such ones
    fs 2 "write debian/examples/software-gl.conf etc/systemd/system/bdhvs-kiosk.service.d/software-gl.conf" w >/dev/null
    fs 2 "stat ask" | grep 'Type: regular' >/dev/null
}

# --- starting, looking, killing ---------------------------------------------------------------

# A machine that is lent itself has a /dev/kvm that starts nothing: only who asks for it gets it.
accel="-accel ${BDHVS_ACCEL:-tcg,thread=multi}"
start() { # WORDS of the kernel
    : >"$work/serial"
    qemu-system-x86_64 $accel -m 1024 -smp 2 -no-reboot -display none -serial "file:$work/serial" \
        -kernel "$stem.vmlinuz" -initrd "$stem.initrd" \
        -append "root=LABEL=bdhvs-root ro console=tty0 console=ttyS0 fsck.repair=yes $*" \
        -drive "file=$disk,format=raw,if=virtio,cache=writeback" -vga none -device virtio-vga \
        -device virtio-tablet-pci -net none -monitor "unix:$work/monitor,server=on,wait=off" >"$work/qemu" 2>&1 &
    vm=$!
}
heard() { # WORDS SECONDS: on the serial line
    for _ in $(seq "$2"); do
        grep -aq "$1" "$work/serial" && return 0
        kill -0 "$vm" 2>/dev/null || break
        sleep 1
    done
    grep -aq "$1" "$work/serial"
}
said() { grep -a "ASK $1" "$work/serial" | tail -n 1 | tr -d '\r' | sed "s/.*ASK $1 \?//"; }
stop() { kill "$vm" 2>/dev/null; wait "$vm" 2>/dev/null; vm=; } # the plug
look() { # NAME: what the screen shows
    echo "screendump $work/$1.ppm" | timeout 5 socat - "unix-connect:$work/monitor" >/dev/null 2>&1
    sleep 1
    [ -z "${BDHVS_LOOK:-}" ] || { mkdir -p "$BDHVS_LOOK" && convert "$work/$1.ppm" "$BDHVS_LOOK/$1.png"; }
}
answers() { heard "ASK end" 600 || { tail -n 40 "$work/serial"; return 1; }; }

first_start() {
    cp --sparse=always "$image" "$disk" && truncate -s +512M "$disk" && asker || return 1
    start systemd.journald.forward_to_console=1
    for _ in $(seq 400); do kill -0 "$vm" 2>/dev/null || break; sleep 1; done
    ! kill -0 "$vm" 2>/dev/null || { tail -n 30 "$work/serial"; stop; return 1; }
    vm=
    grep -a 'bdhvs-first-boot' "$work/serial" | tail -n 5
    fs 2 'cat etc/hostname' | grep -x 'bdhvs-[0-9a-f]\{8\}' >/dev/null && fs 2 'cat etc/bdhvs/first-booted' | grep T >/dev/null && [ -z "$(fs 2 'cat etc/bdhvs/first-boot')" ]
}
read_only() { [ "$(said root)" = overlay ] && [ "$(said card)" = ro ] && [ "$(said mark)" = "" ] && [ "$(said written)" = written ]; }
data_there() { [[ "$(said data)" == *nosuid*nodev*noexec*data=ordered* ]] && [ "$(said starts)" = 1 ]; }
grown() { echo "$(said size) MB"; [ "$(said size)" -gt 600 ]; }
runs() { grep -a LOG "$work/serial" | tail -n 15; [ "$(said kiosk)" = active ] && [ "$(said db)" = /var/lib/bdhvs/kiosk.db ]; }
nothing_failed() { echo "$(said failed)"; [ -z "$(said failed)" ]; }
closed() { [ "$(said accounts)" = 0 ] && [ "$(said ssh)" = 0 ]; }
check "the first start gives it a name, grows the data, starts again" first_start || finish
# (started out here: what `check` runs is a shell of its own, which would wait for the machine's end)
start
check "it starts for good" answers || finish
machine=$(said machine)
check "its root is only read, an overlay above it" read_only
check "its data are mounted with care" data_there
check "they have the whole disk" grown
check "the kiosk runs on them, before a screen" runs
check "no service failed" nothing_failed
check "no password, no keys of SSH" closed
look running

forgets() { answers && [ "$(said mark)" = "" ] && [ "$(said starts)" = 2 ] && [ "$(said machine)" = "$machine" ] && [ "$(said kiosk)" = active ]; }
stop
start
check "killed: the root forgot, the data and the name are there" forgets

# Calls the data partition so; a file system that was killed is put in order first.
label() {
    local loop
    loop=$(losetup --show -f -o "$(offset 3)" "$disk") && e2label "$loop" "$1"
    losetup -d "$loop"
}
# the partition is away: its label is another one
without() { answers && [ "$(said data)" = none ] && [ "$(said kiosk)" = active ] && [ "$(said db)" = none ]; }
stop
label away
start
check "without its data the kiosk runs and keeps nothing" without
look without
back() { answers && [ "$(said starts)" = 3 ] && [ "$(said kiosk)" = active ]; }
stop
label bdhvs-data
start
check "put back: everything is as before" back
stop
finish
