#!/usr/bin/env bash
# Makes the machine that tests/vm starts: a bare Debian 12 with the packages of build/packages
# installed, as FOLDER/root.ext4, with FOLDER/vmlinuz and FOLDER/initrd beside it; with
# FOLDER/initrd-card the same machine has the root of tools/deploy, only read.
#   tests/vm/image.sh FOLDER        as root; needs a Debian mirror; some three minutes
# The bare Debian is kept in FOLDER/bare.tar for the next time.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=${1:?tests/vm/image.sh FOLDER}
[ "$(id -u)" -eq 0 ] || { echo "tests/vm/image.sh: not root: mounts need it: run it with sudo" >&2; exit 77; }
suite=bookworm arch=amd64
mirror=${BDHVS_MIRROR:-http://deb.debian.org/debian}
room=$out/root
programs=build/release
own=$room/usr/local/share/vm

leave() {
    local mount
    for mount in dev/pts dev proc sys; do
        if mountpoint -q "$room/$mount"; then umount -l "$room/$mount"; fi
    done
}
trap leave EXIT
inside() { chroot "$room" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

bare() {
    [ ! -e "$out/bare.tar" ] || return 0
    mmdebstrap --quiet --variant=minbase --aptopt='APT::Install-Recommends "false"' \
        --include=systemd,systemd-sysv,udev,dbus,kmod,e2fsprogs,linux-image-$arch,initramfs-tools,lz4 \
        "$suite" "$out/bare.new.tar" "$mirror"
    mv "$out/bare.new.tar" "$out/bare.tar"
}

# Packages of other architectures may lie beside them.
deb() { ls build/packages/"$1"_*_{$arch,all}.deb 2>/dev/null; }

# The packages, as somebody installs them who sets up a kiosk without a graphics chip
install_kiosk() {
    local name
    cp /etc/resolv.conf "$room/etc/resolv.conf"
    if ls /etc/apt/apt.conf.d/*proxy* >/dev/null 2>&1; then cp /etc/apt/apt.conf.d/*proxy* "$room/etc/apt/apt.conf.d/"; fi
    printf '#!/bin/sh\nexit 101\n' >"$room/usr/sbin/policy-rc.d"
    chmod 755 "$room/usr/sbin/policy-rc.d"
    mkdir "$room/debs"
    for name in bdhvs-kiosk bdhvs-kiosk-data bdhvs-content bdhvs-voice-vi bdhvs-report bdhvs-kiosk-lockdown; do
        cp "$(deb "$name")" "$room/debs/"
    done
    inside apt-get update -q
    inside sh -c 'apt-get install -y -q --no-install-recommends busybox dosfstools /debs/*.deb'
    rm -r "$room/debs" "$room/usr/sbin/policy-rc.d" "$room/var/cache/apt" "$room/var/lib/apt/lists"
    install -D -m 644 "$room/usr/share/doc/bdhvs-kiosk/examples/software-gl.conf" \
        "$room/etc/systemd/system/bdhvs-kiosk.service.d/software-gl.conf"
}

# What the test sees with and moves its fingers with
install_test() {
    cp -rT tests/vm/guest "$room"
    install -m 755 "$programs/tests/vm_finger" "$room/usr/local/bin/vm_finger"
    install -m 644 "$programs/tests/vm_normal.so" "$room/usr/local/lib/vm_normal.so"
    inside useradd --system --no-create-home vm
    rm -rf "$own/pack"
    "$programs/bin/bdhvs-pack" build tests/replay/content "$own/pack"
    "$programs/bin/bdhvs-pack" keygen --out "$own/pack"
    "$programs/bin/bdhvs-pack" sign "$own/pack" "$own/pack.key"
    rm "$own/pack.key"
    make_updates
    chmod -R a+rX "$own"
}

# Sticks with newer programs, made from the package that is installed: one whose kiosk shows
# nothing, and one that only has another number. And what there is to go back to.
make_updates() {
    local kind version tree=$out/tree
    mkdir -p "$own/debs"
    cp "$(deb bdhvs-kiosk)" "$own/debs/"
    for kind in mute good; do
        version=0.$([ $kind = mute ] && echo 2 || echo 3).0
        rm -rf "$tree" "$out/$kind"
        mkdir "$out/$kind"
        dpkg-deb -R "$(deb bdhvs-kiosk)" "$tree"
        sed -i "s/^Version: .*/Version: $version/" "$tree/DEBIAN/control"
        if [ $kind = mute ]; then printf '#!/bin/sh\nexit 1\n' >"$tree/usr/bin/bdhvs-kiosk"; fi
        dpkg-deb -Znone -b "$tree" "$out/$kind" >/dev/null
        mkdir -p "$own/$kind/BDHVS"
        "$programs/bin/bdhvs-pack" program "$out/$kind" "$own/$kind/BDHVS/program" build/package-keys/program.key \
            --release "$version" --ver "${version:2:1}" --suite "$suite" --arch $arch
    done
    rm -rf "$tree"
}

# The machine starts some hundred times from this very image: what a first start does is done
# here, and what looks after a machine over weeks stays away.
make_quick() {
    printf '%s\n' virtio_pci virtio_blk ext4 >>"$room/etc/initramfs-tools/modules"
    sed -i 's/^MODULES=.*/MODULES=list/; s/^COMPRESS=.*/COMPRESS=lz4/' "$room/etc/initramfs-tools/initramfs.conf"
    inside update-initramfs -u
    cp "$room"/boot/initrd.img-* "$out/initrd"
    local script=etc/initramfs-tools/scripts/init-bottom/bdhvs-root
    install -m 755 "tools/deploy/root/$script" "$room/$script"
    echo overlay >>"$room/etc/initramfs-tools/modules"
    inside update-initramfs -u
    cp "$room"/boot/initrd.img-* "$out/initrd-card"
    rm "$room/$script"
    inside systemd-machine-id-setup
    inside systemctl mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer \
        e2scrub_reap.service fstrim.timer systemd-tmpfiles-clean.timer \
        dev-hugepages.mount dev-mqueue.mount sys-kernel-config.mount sys-kernel-tracing.mount sys-fs-fuse-connections.mount \
        modprobe@configfs.service modprobe@fuse.service modprobe@efi_pstore.service systemd-pstore.service \
        systemd-update-utmp.service systemd-update-utmp-runlevel.service systemd-random-seed.service
    echo kiosk >"$room/etc/hostname"
    touch "$room/etc/.updated" "$room/var/.updated"
}

mkdir -p "$out"
bare
leave
rm -rf --one-file-system "$room"
mkdir "$room"
tar -xf "$out/bare.tar" -C "$room"
for mount in dev proc sys; do mount --rbind "/$mount" "$room/$mount" && mount --make-rslave "$room/$mount"; done
install_kiosk
install_test
make_quick
leave
cp "$room"/boot/vmlinuz-* "$out/vmlinuz"
# the kiosk's results lie on a disk of their own, the one that is cut off
rm -rf "$room/var/lib/bdhvs"
mkdir "$room/var/lib/bdhvs"
mke2fs -q -t ext4 -d "$room" -L root "$out/root.new.ext4" 3G
mv "$out/root.new.ext4" "$out/root.ext4"
rm -rf --one-file-system "$room"
