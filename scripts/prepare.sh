#!/bin/sh
# After `npm ci` in a checkout: builds the pages of web/, where what builds them is installed (`--omit=dev` leaves it out).
set -eu

CDPATH='' cd -- "$(dirname -- "$0")/.."
[ -d node_modules/vite ] || exit 0
exec sh scripts/run.sh scripts/web.ts
