#!/usr/bin/env bash
# Installs what is missing, builds, and starts crease with these arguments; with none it trains the MNIST example.
set -euo pipefail
here="$PWD"
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

install_missing "${packages[@]}" >&2
build release crease
cd "$here"
if (($# == 0)); then
  cd "$root"
  set -- train assets/examples/10_digits_convolution.crease.json
fi
exec "$root/build/crease" "$@"
