#!/usr/bin/env bash
# Fails when a folder includes what its layer may not (README.md, "Layers").
set -euo pipefail
cd "$(dirname "$0")/.."

bad=0
# allow FOLDER 'regex of quoted includes' : every "x/y.h" of the folder must match
allow() {
    local folder=$1 regex=$2 line file include
    [ -d "$folder" ] || return 0
    while IFS=: read -r file line include; do
        include=${include#*\"}
        include=${include%%\"*}
        if ! [[ $include =~ ^($regex) ]]; then
            echo "$file:$line: \"$include\" is above or beside $folder: see README.md, Layers"
            bad=1
        fi
    done < <(grep -nE '^ *# *include *"' "$folder"/*.[ch] /dev/null | grep -v '^/dev/null')
}
allow kiosk/base 'base/'
allow kiosk/vietnamese 'vietnamese/|base/'
allow kiosk/wire 'wire/|base/'
allow kiosk/ui 'ui/|base/'
allow kiosk/lesson 'lesson/|base/'
allow kiosk/items 'items/|ui/|lesson/|base/'
allow kiosk/store 'store/|wire/|lesson/|vietnamese/|base/'
allow kiosk/sync 'sync/|wire/|base/'
allow kiosk/machine 'machine/|sync/watch\.h|base/'
allow kiosk/app 'app/|ui/(ui|strings|cue|motion)\.h|lesson/|store/|sync/|wire/|vietnamese/|base/'
allow kiosk/screens 'screens/|app/|items/|machine/|ui/|lesson/|vietnamese/|base/'
allow kiosk/platform 'platform/|ui/|base/'
allow tools/ctl '(files|machine|sheet|talk|verify)\.h|app/|items/items\.h|store/|sync/|lesson/|wire/|vietnamese/|base/'
allow tools/server 'lesson/minisign\.h|vietnamese/(collate|nfc)\.h|[a-z_]+\.h|sync/(answer|upload)\.h|wire/|base/'
allow tools/pack '[a-z_]+\.h|ui/strings\.h|items/|lesson/|wire/|vietnamese/|base/'
allow tools/print '[a-z_]+\.h|app/qr\.h|base/'
allow tools/voice '[a-z_]+\.(h|def)|base/'
allow tools/report '[a-z_]+\.h|base/'
allow tools/update '[a-z_]+\.h|lesson/|wire/|base/'
allow tools/scan '[a-z_]+\.h|base/'

# only LIBRARY-HEADER 'files that may include it'
only() {
    local header=$1 where=$2 hit
    while IFS= read -r hit; do
        if ! [[ $hit =~ ^($where) ]]; then
            echo "$hit: <$header> belongs to $where alone"
            bad=1
        fi
    done < <(grep -rlE "^ *# *include *<$header" kiosk tools --include='*.[ch]')
}
only 'SDL' 'kiosk/platform/'
only 'sqlite3\.h' 'kiosk/store/|tools/server/store_sqlite\.c'
only 'curl/' 'kiosk/sync/(upload|download|transport)\.[ch]'
only 'pthread\.h' 'kiosk/sync/'
only 'systemd/' 'kiosk/base/service\.c|kiosk/machine/(bus|power|wifi|wifi_join|wifi_read)\.c|kiosk/machine/wifi_state\.h'
only 'jansson\.h' 'kiosk/base/json\.c'
only 'sodium\.h' 'kiosk/base/hash\.c|kiosk/wire/|kiosk/lesson/|kiosk/store/vault(_seal\.c|_private\.h|\.c)|tools/server/(password|admin)\.c|tools/pack/(sign|minisign)\.c'
only 'utf8proc\.h' 'kiosk/vietnamese/'
only 'microhttpd\.h' 'tools/server/http\.c'
only 'gnutls/' 'tools/server/cert\.c'
only 'libpq' 'tools/server/store_postgres(_link)?\.[ch]'
only 'cmark\.h' 'tools/pack/markdown\.c'
only 'cyaml' 'tools/pack/yaml\.c'
only '(librsvg|cairo)' 'tools/pack/svg\.c|tools/print/page\.c'
only 'pango/' 'tools/print/page\.c'
only 'espeak-ng/' 'tools/voice/synth\.c'
only '(opus/)?opusenc\.h' 'tools/voice/encode\.c'
only '(opus/)?opusfile\.h' 'kiosk/platform/sound\.c|tools/pack/clip\.c'
only 'qrencode\.h' 'kiosk/app/qr\.c'
only 'zbar\.h' 'tools/scan/code\.c'
only 'linux/videodev2\.h' 'tools/scan/camera\.c'
only 'zip\.h' 'tools/report/package\.c'
only 'libxml/' 'tools/report/sheet_xml\.c|tools/pack/xml_tree\.c'
exit $bad
