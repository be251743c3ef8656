#!/bin/sh
# run.sh FILE [ARGUMENT...]: runs FILE of this checkout with the checkout's own Node, after installing what
# package-lock.json names if that is not there yet. Needs npm and any Node that runs npm; no git and no terminal.
set -eu

CDPATH='' cd -- "$(dirname -- "$0")/.."
node=$PWD/node_modules/node/bin/node
installed=node_modules/.package-lock.json # npm writes it last

if [ ! -x "$node" ] || [ ! -e "$installed" ] || [ package-lock.json -nt "$installed" ]; then
  printf 'Installing what package-lock.json names ...\n'
  # Node itself comes as a package whose install script puts it in place; the user's npm settings may forbid scripts or
  # leave out what development needs.
  npm ci --include=dev --include=optional --ignore-scripts=false --loglevel=error </dev/null
fi
if [ ! -x "$node" ]; then
  printf 'npm ci ended well, but %s is not there: this platform may have no Node package.\n' "$node" >&2
  exit 1
fi

file=$1
shift
export PATH="$PWD/node_modules/.bin:$PATH"
exec "$node" "$file" "$@"
