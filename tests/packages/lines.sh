# Lines of the result, for shell tests that read this file: "ok words" or "FAILED words" with
# what was said; at the end how many.
passed=0 failed=0
# check WORDS COMMAND…: one line of the result, and what was said when it went wrong
check() {
    local words=$1 said
    shift
    if said=$("$@" 2>&1); then
        passed=$((passed + 1))
        echo "ok      $words"
    else
        failed=$((failed + 1))
        echo "FAILED  $words"
        tail -n 30 <<<"$said"
        return 1
    fi
}
finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
    exit
}
