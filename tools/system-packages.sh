#!/bin/sh
# Makes sure that the named commands are on this machine: installs what is missing where it can, says how where not.
set -eu

is_there() { # under any name that it goes by
    case $1 in
        chromium) command -v chromium || command -v chromium-browser || command -v google-chrome ;;
        *) command -v "$1" ;;
    esac >/dev/null 2>&1
}

missing=""
for command in "$@"; do
    is_there "$command" || missing="$missing $command"
done
[ -z "$missing" ] && exit 0

packages=$(echo "$missing" | sed 's/\bnode\b/nodejs/g')
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    # shellcheck disable=SC2086 - one word a package
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
else
    echo "The tests need these programs:$missing. Install them, on Debian or Ubuntu with:" >&2
    echo "    sudo apt-get install$packages" >&2
    exit 1
fi
