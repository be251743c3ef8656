#!/bin/sh
# Puts a program for each platform into dist/. Stands in for `cargo zigbuild --release --target …`: the example runs
# without a compiler. The same commit gives the same bytes, so that a second run finds the release's assets as they are.
set -eu
cd "$(dirname "$0")/.."
version=${1:?usage: compile.sh VERSION}
mkdir -p dist
for architecture in amd64 arm64; do
  printf '#!/bin/sh\necho "dockrev %s for linux/%s"\n' "$version" "$architecture" > "dist/dockrev-linux-$architecture"
  chmod 755 "dist/dockrev-linux-$architecture"
done
