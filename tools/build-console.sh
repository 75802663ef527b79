#!/bin/sh
# Builds the console's pages (console/) into src/offhook/console/static, if their sources have changed since.
# Without Node, and where it cannot be built, it says so and that the rest works; with --required that is a failure.
set -eu
cd "$(dirname "$0")/.."

static=src/offhook/console/static
stamp="$static/.built"
[ "${1:-}" = --required ] && failure=1 || failure=0

without() {
    echo "The console is not built: $1" >&2
    echo "Everything else works without. To get it: Node 20 or newer with npm, then make setup." >&2
    exit "$failure"
}

newer() { # the sources that are newer than the last build, and the folders that lost one since
    find console -name node_modules -prune -o -newer "$stamp" \( -type f -o -path 'console/*' -type d \) -print |
        head -n 1
}

[ -f console/package.json ] || without "its sources are not here."
[ -f "$stamp" ] && [ -f "$static/index.html" ] && [ -z "$(newer)" ] && exit 0

command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || without "there is no Node, or no npm."
version=$(node --version)
major=${version#v}
[ "${major%%.*}" -ge 20 ] || without "Node is $version."

begun=$(mktemp) # made now: a source that changes while this runs is newer
log=$(mktemp)
trap 'rm -f "$log" "$begun"' EXIT
export npm_config_update_notifier=false npm_config_audit=false npm_config_fund=false
installed=console/node_modules/.installed
if [ ! -f "$installed" ] || [ -n "$(find console/package-lock.json -newer "$installed")" ]; then
    echo "Installing what the console is built with …" >&2
    npm --prefix console ci --loglevel error >"$log" 2>&1 || { cat "$log" >&2; without "npm ci failed, see above."; }
    mkdir -p console/node_modules && touch "$installed"
fi
echo "Building the console …" >&2
npm --prefix console run --silent build >"$log" 2>&1 || { cat "$log" >&2; without "its build failed, see above."; }
[ -f "$static/index.html" ] || without "its build wrote no $static/index.html."
touch -r "$begun" "$stamp"
