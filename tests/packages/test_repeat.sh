#!/usr/bin/env bash
# The same commit and keys give the same bytes: this machine's packages are built twice, the second
# time in a folder of another name, with another time zone, locale, umask and
# the clock of another day, and every .deb is compared.
#   tests/packages/test_repeat.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
tools/install package repeat
place=$(mktemp -d "${TMPDIR:-/var/tmp}/bdhvs-repeat-XXXXXX")
trap 'rm -rf "$place"' EXIT

first=$place/one/bdhvs second=$place/another-name/of-some-length/bdhvs
for clone in "$first" "$second"; do
    git clone -q . "$clone"
    mkdir -p "$clone/build"
    cp -a build/voice "$clone/build/" # what is spoken takes ten minutes; its files are named by what is said
done
export BDHVS_KEYS=$place/keys
(cd "$first" && TZ=UTC LC_ALL=C.UTF-8 tools/package)
(cd "$second" && umask 027 && TZ=Pacific/Kiritimati LC_ALL=vi_VN.UTF-8 faketime -f +400d tools/package >/dev/null)

bad=0
for deb in "$first"/build/packages/*.deb; do
    name=${deb##*/}
    if cmp -s "$deb" "$second/build/packages/$name"; then
        echo "same    $(sha256sum <"$deb" | cut -d' ' -f1)  $name"
    else
        bad=$((bad + 1))
        echo "DIFFERS $name"
        diffoscope --max-report-size 20000 "$deb" "$second/build/packages/$name" || true
    fi
done
[ "$bad" -eq 0 ]
