#!/bin/sh
# Prints APP_EFFECTIVE_VERSION, the version of the commit that is checked out: that of its git tag where it has been
# released; else the version in Cargo.toml, or the patch after the newest git tag of that line. Needs the git tags.
set -eu
cd "$(dirname "$0")/../.."
released=$(git tag --points-at HEAD --list 'v*' --sort=-version:refname | head -n 1)
if [ -n "$released" ]; then
  echo "${released#v}"
  exit
fi
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
line=${version%.*}
newest=$(git tag --list "v$line.*" --sort=-version:refname | head -n 1)
if [ -n "$newest" ] && [ "${newest##*.}" -ge "${version##*.}" ]; then
  version=$line.$((${newest##*.} + 1))
fi
echo "$version"
