#!/usr/bin/env bash
# Installs what is missing, builds, and starts crease with these arguments; with none it opens the window. Where there
# is no display the window is drawn into build/crease.png instead.
set -euo pipefail
here="$PWD"
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

install_missing "${packages[@]}" >&2
build release crease
cd "$here"
if (($# > 0)); then
  exec "$root/build/crease" "$@"
fi
status=0
"$root/build/crease" || status=$?
if ((status == 2)); then
  "$root/build/crease" screenshot --steps 600 --out "$root/build/crease.png"
  echo "What the window shows is drawn in $root/build/crease.png"
  status=0
fi
exit "$status"
