#!/usr/bin/env bash
# tools/deploy/kiosk on a bare Debian in a folder: what it makes of it, that the second time
# changes nothing, that results and other people's partitions survive it. Needs root, a Debian
# mirror and packages that are built; some minutes.
#   tests/deploy/test_kiosk.sh [FOLDER]    FOLDER: the packages [build/packages]
set -uo pipefail
cd "$(dirname "$0")/../.."
[ "$(id -u)" -eq 0 ] || { echo "test_kiosk: not root: mounts need it: run it with sudo" >&2; exit 77; }
tools/install package

debs=$(readlink -f "${1:-build/packages}")
ls "$debs"/bdhvs-kiosk_*.deb >/dev/null || { echo "test_kiosk: $debs: no packages: run tools/package first" >&2; exit 64; }
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
room=$(mktemp -d "${TMPDIR:-/var/tmp}/bdhvs-deploy-XXXXXX")
loops=()
leave() {
    local mount
    for mount in var/lib/bdhvs dev/shm dev/pts dev proc sys; do
        mountpoint -q "$room/$mount" && umount -l "$room/$mount"
    done
    for loop in ${loops[@]+"${loops[@]}"}; do losetup -d "$loop"; done
    [ -n "${BDHVS_KEEP:-}" ] || rm -rf --one-file-system "$room"
}
trap leave EXIT
. tests/packages/lines.sh
inside() { chroot "$room" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
deploy() { inside /deploy/kiosk --packages /debs "$@"; }

# --- a bare Debian, as somebody left it ---------------------------------------------------

mirror=${BDHVS_MIRROR:-http://deb.debian.org/debian}
sources() {
    printf 'deb %s main\n' "$mirror $suite" "$mirror $suite-updates" "${mirror%/debian}/debian-security $suite-security"
}
bare() {
    mmdebstrap --variant=minbase --quiet --include=systemd,systemd-sysv,udev,openssh-server,sudo,initramfs-tools "$suite" "$room" - <<<"$(sources)" || return 1
    if ls /etc/apt/apt.conf.d/*proxy* >/dev/null 2>&1; then cp /etc/apt/apt.conf.d/*proxy* "$room/etc/apt/apt.conf.d/"; fi
    cp /etc/resolv.conf "$room/etc/resolv.conf"
    local mount
    for mount in dev proc sys; do mount --rbind "/$mount" "$room/$mount" && mount --make-rslave "$room/$mount"; done
    printf '#!/bin/sh\nexit 101\n' >"$room/usr/sbin/policy-rc.d"
    chmod 755 "$room/usr/sbin/policy-rc.d"
    cp -r tools/deploy "$room/deploy" && mkdir "$room/debs" && cp "$debs"/*.deb "$room/debs/"
}
# root and a user with passwords, one who needs none, swap, a Raspberry Pi's boot folder
used() {
    inside sh -c 'echo root:123456 | chpasswd; useradd -m pi; echo pi:raspberry | chpasswd; useradd -m -p "" open
        echo "pi ALL=(ALL) NOPASSWD: ALL" >/etc/sudoers.d/010_pi-nopasswd; mkdir -p /home/pi/.ssh; echo key >/home/pi/.ssh/authorized_keys
        printf "UUID=1 / ext4 defaults 0 1\nUUID=2 none swap sw 0 0\n" >/etc/fstab; ls /etc/ssh/ssh_host_ed25519_key; dd if=/dev/urandom of=/var/lib/systemd/random-seed bs=512 count=1
        dbus=/etc/machine-id; echo 0123456789abcdef0123456789abcdef >$dbus
        mkdir -p /boot/firmware; echo "console=tty1 root=PARTUUID=1-02 rootwait init=/usr/lib/raspberrypi-sys-mods/firstboot systemd.run=/boot/x" >/boot/firmware/cmdline.txt
        echo "dtparam=spi=on" >/boot/firmware/config.txt; touch /boot/firmware/ssh'
}
# kiosk.db of somebody who learnt before the machine was made ready
learnt() { inside sh -c 'mkdir -p /var/lib/bdhvs/backup; echo what people learnt >/var/lib/bdhvs/kiosk.db; echo copy >/var/lib/bdhvs/backup/1.db'; }
disk() { # a small disk; its name in $new
    local file=$room/disk-$1
    truncate -s 64M "$file" && new=$(losetup --show -f "$file") && loops+=("$new")
}

check "a bare Debian ($suite)" bare || finish
check "used before" used
check "with results on its root" learnt
disk data; data=$new
disk other; other=$new
mke2fs -q -t ext4 -L photos "$other"

# --- words --------------------------------------------------------------------------------

state() { (cd "$room" && find etc usr/local var/lib/bdhvs boot -xdev -type f -print0 | sort -z | xargs -0 sha256sum; find etc/systemd -type l -printf '%p %l\n' | sort; cat var/lib/dpkg/status) | sha256sum; }
dry() {
    local before said
    before=$(state)
    said=$(deploy --dry-run) || return 1
    echo "$said"
    grep -q '^packages: bdhvs-kiosk is not installed: would be made so$' <<<"$said" && grep -q '^accounts: pi has a password' <<<"$said" &&
        grep -q '^data: results lie on the root' <<<"$said" && [ "$before" = "$(state)" ]
}
bad_check() { local said; said=$(deploy --check); [ $? -eq 1 ] && grep -q '^units: ssh.service is not masked$' <<<"$said"; }
unknown() { deploy --wrong 2>&1; [ $? -eq 64 ]; }
no_partition() { local said; said=$(deploy 2>&1); [ $? -eq 1 ] && grep -q 'no partition to move them to' <<<"$said" && grep -q 'what people learnt' "$room/var/lib/bdhvs/kiosk.db"; }
foreign() { local said; said=$(deploy --data "$other" 2>&1); [ $? -eq 1 ] && grep -q "$other: something is on it" <<<"$said" && [ "$(blkid -o value -s LABEL "$other")" = photos ]; }
check "--dry-run says every step and takes none" dry
check "--check finds what is open" bad_check
check "an unknown word is refused" unknown
check "without a partition results stay where they are" no_partition
check "another one's partition is left alone" foreign

# --- made ---------------------------------------------------------------------------------

made() { deploy --data "$data"; }
on_data() { # COMMAND in the data partition
    local place=$room/look code
    mkdir -p "$place" && mount "$data" "$place" || return 1
    (cd "$place" && "$@"); code=$?
    umount "$place"
    return $code
}
moved() { on_data grep -q 'what people learnt' kiosk.db && on_data test -e backup/1.db && [ ! -e "$room/var/lib/bdhvs/kiosk.db" ]; }
below() { [ "$(inside stat -c '%a %U' /var/lib/bdhvs)" = '755 root' ] && [ -e "$room/var/lib/bdhvs/.no-data-partition" ]; }
kiosk_refuses() { # nothing is written into what is gone with the power
    local said
    said=$(inside runuser -u bdhvs -- bdhvs-kiosk --check 2>/dev/null)
    [ $? -eq 1 ] && grep -q '^database: offline' <<<"$said" && grep -qE '^pack: bdhvs [0-9]+, [0-9]+ lessons$' <<<"$said" && [ ! -e "$room/var/lib/bdhvs/kiosk.db" ] ||
        { echo "$said"; return 1; }
}
locked() { ! inside awk -F: '$2 !~ /^[!*]/' /etc/shadow | grep . && ! ls "$room"/etc/ssh/ssh_host_*_key "$room/home/pi/.ssh/authorized_keys" "$room/etc/sudoers.d/010_pi-nopasswd" 2>/dev/null; }
ssh_off() { [ "$(inside systemctl is-enabled ssh.service)" = masked ] && [ "$(inside systemctl is-enabled ssh.socket)" = masked ]; }
quiet() { [ "$(inside systemctl is-enabled apt-daily.timer)" = masked ] && [ "$(inside systemctl is-enabled swap.target)" = masked ] && ! grep swap "$room/etc/fstab"; }
fresh() { [ ! -s "$room/etc/machine-id" ] && [ ! -e "$room/var/lib/systemd/random-seed" ] && [ -e "$room/etc/bdhvs/first-boot" ] && [ "$(inside systemctl is-enabled bdhvs-first-boot)" = enabled ]; }
mounted_safely() { grep -qE '^LABEL=bdhvs-data /var/lib/bdhvs ext4 \S*data=ordered,nodev,nosuid,noexec\S*nofail\S* 0 2$' "$room/etc/fstab" && [ "$(grep -c /var/lib/bdhvs "$room/etc/fstab")" -eq 1 ]; }
overlay() { inside sh -c 'grep -qx overlay /etc/initramfs-tools/modules && sh -n /etc/initramfs-tools/scripts/init-bottom/bdhvs-root && test -x /etc/initramfs-tools/scripts/init-bottom/bdhvs-root'; }
pi_starts() {
    local line=$room/boot/firmware/cmdline.txt
    [ "$(wc -l <"$line")" -eq 1 ] && grep -q 'root=PARTUUID=1-02 rootwait' "$line" && grep -q 'fsck.repair=yes' "$line" && ! grep -qE 'firstboot|systemd.run' "$line" &&
        [ "$(grep -cx 'include bdhvs.txt' "$room/boot/firmware/config.txt")" -eq 1 ] && grep -q spi=on "$room/boot/firmware/config.txt" && [ ! -e "$room/boot/firmware/ssh" ]
}
understood() { inside systemd-analyze verify --man=no bdhvs-kiosk.service bdhvs-first-boot.service bdhvs-clock.service bdhvs-clock-save.timer getty@tty1.service; }
not_without() { # the kiosk must come up without the partition, and after it where there is one
    local unit
    unit=$(inside systemd-analyze cat-config systemd/system/bdhvs-kiosk.service 2>/dev/null; cat "$room/etc/systemd/system/bdhvs-kiosk.service.d/deploy.conf")
    grep -qx 'StateDirectory=' <<<"$unit" && grep -q '^After=var-lib-bdhvs.mount' <<<"$unit"
}

check "made a kiosk" made || finish
check "--check has nothing to say" deploy --check
check "results lie on the partition, all of them" moved
check "nothing is kept below the partition" below
check "the kiosk teaches without the partition and keeps nothing" kiosk_refuses
check "nobody has a password, a key, or root without one" locked
check "SSH is masked" ssh_off
check "nothing updates itself or swaps" quiet
check "id, seed and keys come with the first start" fresh
check "the data partition is mounted with care" mounted_safely
check "the initramfs makes the root read-only" overlay
check "a Raspberry Pi starts with our words" pi_starts
check "units are understood" understood
check "the kiosk does not need the partition" not_without

again() { local before; before=$(state); deploy && [ "$before" = "$(state)" ]; }
check "the second time changes nothing" again

# --- the first start, and what wears out ----------------------------------------------------

first() {
    inside sh -c 'printf "#!/bin/sh\necho reboot >>/run/rebooted\n" >/usr/local/sbin/systemctl; chmod 755 /usr/local/sbin/systemctl
        PATH=/usr/local/sbin:$PATH /usr/local/lib/bdhvs/first-boot; rm /usr/local/sbin/systemctl'
    local id
    id=$(cat "$room/etc/machine-id")
    [ ${#id} -eq 32 ] && [ "$(cat "$room/etc/hostname")" = "bdhvs-$(printf '%s\n' "$id" | sha256sum | cut -c1-8)" ] &&
        grep -q "^127.0.1.1	bdhvs-" "$room/etc/hosts" && [ ! -e "$room/etc/bdhvs/first-boot" ] && [ -e "$room/run/rebooted" ]
}
clock() {
    inside sh -c 'mount -t tmpfs none /var/lib/bdhvs; /usr/local/lib/bdhvs/clock save; test -e /var/lib/bdhvs/.clock; code=$?
        rm /var/lib/bdhvs/.clock; ln -s /etc/passwd /var/lib/bdhvs/.clock; before=$(stat -c %Y /etc/passwd); /usr/local/lib/bdhvs/clock save
        /usr/local/lib/bdhvs/clock load; test "$before" = "$(stat -c %Y /etc/passwd)" || code=1; umount /var/lib/bdhvs; exit $code'
}
owner() { inside sh -c 'mount -t tmpfs none /var/lib/bdhvs; touch /var/lib/bdhvs/kiosk.db; chown -R 4242 /var/lib/bdhvs; /usr/local/lib/bdhvs/own-data
    said=$(stat -c "%U %a" /var/lib/bdhvs; stat -c %U /var/lib/bdhvs/kiosk.db); umount /var/lib/bdhvs; echo "$said"; test "$said" = "$(printf "bdhvs 700\nbdhvs")"'; }
stays() { local id; id=$(cat "$room/etc/machine-id"); deploy && [ "$(cat "$room/etc/machine-id")" = "$id" ] && [ ! -e "$room/etc/bdhvs/first-boot" ]; }
drift() { # somebody opened it again; --check tells, the next run closes it
    local said
    inside sh -c 'rm /etc/systemd/system/ssh.service; echo root:x | chpasswd; echo "#" >>/usr/local/lib/bdhvs/clock; : >/usr/local/lib/bdhvs/stick'
    said=$(deploy --check); [ $? -eq 1 ] && [ "$(wc -l <<<"$said")" -eq 4 ] || { echo "$said"; return 1; }
    deploy && deploy --check && [ ! -e "$room/usr/local/lib/bdhvs/stick" ]
}
key() {
    local said
    echo nonsense >"$room/key"; said=$(deploy --provision-key /key 2>&1); [ $? -eq 1 ] && grep -q 'no public key of minisign' <<<"$said" || return 1
    printf 'untrusted comment: x\nRWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\n' >"$room/key"
    deploy --provision-key /key && cmp "$room/key" "$room/etc/bdhvs/provision.pub"
}
check "the first start names the machine and starts again" first
check "a name once given stays" stays
check "the time is kept, and touches no other file" clock
check "the partition of another machine is taken over" owner
check "what was opened again is found and closed" drift
check "a key for set-up files is put in place, nonsense is not" key
finish
