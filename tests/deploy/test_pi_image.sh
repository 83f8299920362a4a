#!/usr/bin/env bash
# tools/deploy/image --pi-os on an image that is laid out as the one of Raspberry Pi OS Lite (of this
# machine's own architecture): what the maker's root has is kept, what the kiosk needs is there,
# the partitions are three. Needs root, loop devices and a Debian mirror; some minutes.
#   tests/deploy/test_pi_image.sh [FOLDER]     FOLDER: the packages [build/packages]
set -uo pipefail
cd "$(dirname "$0")/../.."
[ "$(id -u)" -eq 0 ] || { echo "test_pi_image: not root: an image is made: run it with sudo" >&2; exit 77; }
tools/install image

debs=$(readlink -f "${1:-build/packages}")
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
own=$(dpkg --print-architecture)
work=$(mktemp -d "${TMPDIR:-/var/tmp}/bdhvs-pi-XXXXXX")
leave() { rm -rf --one-file-system "$work"; }
trap leave EXIT
. tests/packages/lines.sh
out=$work/kiosk.img

# A FAT of 128 MB and a root that fills the rest, as the maker lays them.
maker() {
    local root=$work/maker mirror=${BDHVS_MIRROR:-http://deb.debian.org/debian} boot=$work/boot
    mmdebstrap --quiet --variant=minbase --include="systemd-sysv,udev,openssh-server,initramfs-tools,linux-image-$own" \
        --aptopt='APT::Install-Recommends "false"' "$suite" "$root" - <<<"deb $mirror $suite main" || return 1
    chroot "$root" sh -c 'useradd -m pi; echo pi:raspberry | chpasswd; mkdir -p /boot/firmware; touch /home/pi/of-the-maker' || return 1
    printf 'PARTUUID=5f3e1a2b-01 /boot/firmware vfat defaults 0 2\nPARTUUID=5f3e1a2b-02 / ext4 defaults,noatime 0 1\n' >"$root/etc/fstab"
    mkdir "$boot"
    echo 'console=serial0,115200 console=tty1 root=PARTUUID=5f3e1a2b-02 rootfstype=ext4 rootwait quiet init=/usr/lib/raspberrypi-sys-mods/firstboot' >"$boot/cmdline.txt"
    echo 'dtparam=audio=on' >"$boot/config.txt"
    truncate -s 128M "$work/boot.part" && mkfs.vfat -n bootfs "$work/boot.part" >/dev/null && mcopy -i "$work/boot.part" "$boot"/* :: || return 1
    truncate -s "$(($(du -sm "$root" | cut -f1) * 5 / 4 + 100))M" "$work/root.part" && mke2fs -q -t ext4 -L rootfs -d "$root" "$work/root.part" || return 1
    truncate -s "$((1 + 128 + $(stat -c %s "$work/root.part") / 1048576))M" "$work/maker.img"
    printf 'label: dos\nlabel-id: 0x5f3e1a2b\nstart=1MiB,size=128MiB,type=c\nstart=129MiB,type=83\n' | sfdisk -q "$work/maker.img" &&
        dd if="$work/boot.part" of="$work/maker.img" bs=1M seek=1 conv=sparse,notrunc status=none &&
        dd if="$work/root.part" of="$work/maker.img" bs=1M seek=129 conv=sparse,notrunc status=none
    rm -rf --one-file-system "$root" "$work"/*.part
}
made() { tools/deploy/image "$out" --pi-os "$work/maker.img" --arch "$own" --packages "$debs"; }
offset() { sfdisk -J "$out" | tr -d ' \n' | grep -o '"start":[0-9]*' | sed -n "${1}s/.*://p" | awk '{ print $1 * 512 }'; }
see() { debugfs -R "$1" "$out?offset=$(offset 2)" 2>/dev/null; }
three() { sfdisk -l "$out"; [ "$(sfdisk -lqo DEVICE "$out" | wc -l)" -eq 4 ] && sfdisk -J "$out" | grep 0x5f3e1a2b >/dev/null; }
data() { [ "$(blkid -p -O "$(offset 3)" -o value -s LABEL "$out")" = bdhvs-data ]; }
roomy() { local free; free=$(see 'show_super_stats -h' | awk '/^Free blocks/ { print $3 * 4 / 1024 }'); echo "$free MB free"; [ "${free%.*}" -gt 1000 ]; }
words() {
    local line
    line=$(mtype -i "$out@@$(offset 1)" ::cmdline.txt) && echo "$line"
    grep -q 'root=PARTUUID=5f3e1a2b-02' <<<"$line" && grep -q 'fsck.repair=yes' <<<"$line" && ! grep -q firstboot <<<"$line" &&
        mtype -i "$out@@$(offset 1)" ::config.txt | grep -x 'include bdhvs.txt' >/dev/null && mtype -i "$out@@$(offset 1)" ::bdhvs.txt >/dev/null
}
kept() { see 'stat home/pi/of-the-maker' | grep 'Type: regular' >/dev/null && see 'cat etc/fstab' | grep 'PARTUUID=5f3e1a2b-02 /' >/dev/null; }
kiosk() {
    see 'cat etc/fstab' | grep '^LABEL=bdhvs-data /var/lib/bdhvs' >/dev/null && see 'cat etc/shadow' | grep '^pi:!' >/dev/null &&
        see 'cat etc/bdhvs/first-boot' | grep T >/dev/null && see 'stat etc/systemd/system/ssh.service' | grep /dev/null >/dev/null &&
        see 'stat usr/bin/bdhvs-kiosk' | grep 'Type: regular' >/dev/null
}
clean() { ! see 'stat deploy' | grep Type >/dev/null && ! see 'stat debs' | grep Type >/dev/null && ! losetup -a | grep "$work" && ! grep "$work" /proc/mounts; }

check "an image as the maker's" maker || finish
check "made a kiosk's" made || finish
check "three partitions under the maker's number" three
check "the third is for the data" data
check "the root has room for later versions" roomy
check "it starts with our words and not with the maker's set-up" words
check "the maker's root is kept" kept
check "the kiosk is in it" kiosk
check "nothing of the making is left, in it or here" clean
finish
