#!/usr/bin/env bash
# Lets programs of another architecture run here under qemu, until the next start of the machine:
# what systemd-binfmt does at every start, where it runs.
#   tests/packages/foreign_runs.sh arm64|armhf
set -euo pipefail
case ${1:-} in
arm64) name=qemu-aarch64 ;;
armhf) name=qemu-arm ;;
*) echo "foreign_runs: ${1:-nothing}: unknown architecture: use arm64 or armhf" >&2; exit 64 ;;
esac
known=/proc/sys/fs/binfmt_misc
[ -e $known/register ] || mount -t binfmt_misc none $known
[ -e $known/$name ] || cat /usr/lib/binfmt.d/$name.conf >$known/register
