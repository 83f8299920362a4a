#!/usr/bin/env bash
# Every row of the plan (R01–R41) stands once in tools/server/README.md with the place where it is
# seen and a test, and each test that is named there exists: `file: its name`.
set -euo pipefail
cd "$(dirname "$0")/.."
readme=tools/server/README.md
failed=0
say() { echo "$readme: $1" >&2; failed=1; }

for n in $(seq -w 1 41); do
    rows=$(grep -cE "^\| R$n \|" "$readme" || true)
    [ "$rows" -eq 1 ] || { say "R$n: in $rows rows, not 1"; continue; }
    cells=$(grep -E "^\| R$n \|" "$readme")
    where=$(cut -d'|' -f4 <<<"$cells" | xargs -0)
    [ -n "${where// /}" ] || say "R$n: it does not say where to see it"
    tests=$(cut -d'|' -f5 <<<"$cells" | grep -oE '`[^`]+`' | tr -d '`' || true)
    [ -n "$tests" ] || { grep -q 'no feature' <<<"$cells" || say "R$n: names no test, and no reason why there is none"; continue; }
    while IFS= read -r test; do
        file=${test%%: *}
        name=${test#*: }
        [ "$file" != "$test" ] && [ -f "tests/$file" ] && grep -qF -- "$name" "tests/$file" ||
            say "R$n: there is no test “$test” below tests/"
    done <<<"$tests"
done
exit $failed
