#!/usr/bin/env bash
# Another architecture: its packages are built, every unit test runs under qemu, then the packages
# are installed into a bare Debian of it and tried as this machine's are (test_packages.sh).
# Needs root and a Debian mirror; an hour and more.
#   tests/packages/test_foreign.sh arm64|armhf [--suite bookworm|trixie] [--units] [--built]
# --units: the unit tests alone; --built: of what tools/package left, nothing is built again
set -uo pipefail
cd "$(dirname "$0")/../.."
[ "$(id -u)" -eq 0 ] || { echo "test_foreign: not root: mounts need it: run it with sudo" >&2; exit 77; }

host_suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
suite=$host_suite
arch=${1:-} units= built=
case $arch in
arm64) triplet=aarch64-linux-gnu processor=aarch64 ;;
armhf) triplet=arm-linux-gnueabihf processor=armv7l ;;
*) echo "test_foreign: ${arch:-nothing}: unknown architecture: use arm64 or armhf" >&2; exit 64 ;;
esac
shift
while [ $# -gt 0 ]; do
    case $1 in
    --suite) suite=${2:?--suite needs bookworm or trixie}; shift 2 ;;
    --units) units=1; shift ;;
    --built) built=1; shift ;;
    *) echo "test_foreign: $1: unknown option: see the top of this file" >&2; exit 64 ;;
    esac
done

# The room that tools/package keeps: programs and libraries of this machine and of the other one
room=$PWD/build/room-$suite-$arch
source=/src/bdhvs-$(dpkg-parsechangelog -S Version)
log=$PWD/build/foreign-$suite-$arch.log
leave() {
    local mount
    for mount in usr/lib/$triplet/espeak-ng-data tmp dev proc; do
        if mountpoint -q "$room/$mount"; then umount -l "$room/$mount"; fi
    done
}
trap leave EXIT
inside() { chroot "$room" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"; }
say_end() { tail -n 40 "$log"; echo "test_foreign: $1: see $log" >&2; exit 1; }

# Under qemu a 32-bit readdir fails on ext4 (its places in a folder have 64 bits), and espeak-ng
# then finds no voice: it gets its data, and the tests their folders, on a tmpfs.
prepare() {
    local voices=$room/usr/lib/$triplet/espeak-ng-data
    mount --bind /proc "$room/proc" && mount --rbind /dev "$room/dev" && mount --make-rslave "$room/dev" &&
        mount -t tmpfs -o mode=1777 none "$room/tmp" && cp -rT "$voices" "$room/tmp/voices" &&
        mount -t tmpfs none "$voices" && cp -rT "$room/tmp/voices" "$voices" && rm -r "$room/tmp/voices"
}
# (the kernel starts qemu, `env` only makes CMake run what it built)
compile() {
    inside cmake -S "$source" -B /src/units -G Ninja -DCMAKE_BUILD_TYPE=Release -DBDHVS_TESTS=ON \
        -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=$processor -DCMAKE_LIBRARY_ARCHITECTURE=$triplet \
        -DCMAKE_C_COMPILER=$triplet-gcc -DPKG_CONFIG_EXECUTABLE=/usr/bin/$triplet-pkg-config \
        -DCMAKE_CROSSCOMPILING_EMULATOR=/usr/bin/env -DBDHVS_KEYS=/keys -DBDHVS_DRAFTS=/drafts &&
        inside cmake --build /src/units --parallel 2 --target tests_unit
}
# PostgreSQL itself is not in the room (libpq is tried by the suites of this machine).
try_units() { inside env BDHVS_EMULATED=1 ctest --test-dir /src/units --output-on-failure --parallel 2 --timeout 1800 -L unit -E 'postgres|store_months'; }

tools/install package foreign
tests/packages/foreign_runs.sh "$arch" || exit
[ -n "$built" ] || { tools/package --suite "$suite" && tools/package "$arch" --suite "$suite"; } || exit
prepare || exit
compile >"$log" 2>&1 || say_end "$arch: the tests do not build"
grep 'is left out' "$log"
echo "left out: those on PostgreSQL (…postgres, store_months): its server is not in the room"
echo "left out: test_helper, test_memory_has_an_end: qemu-user takes no limit of memory"
try_units >>"$log" 2>&1 || say_end "$arch: a unit test fails"
grep 'tests passed' "$log"
leave
[ -z "$units" ] || exit 0
debs=build/packages
[ "$suite" = "$host_suite" ] || debs=build/packages/$suite
exec tests/packages/test_packages.sh "$debs" --arch "$arch" --suite "$suite"
