#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test, ending with ctest's summary.
#   tests/run.sh                 all tests
#   tests/run.sh --experiments   the long experiments too
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../app/setup.sh"

selection=(--label-exclude '^experiments$')
for argument in "$@"; do
  case "$argument" in
    --experiments) selection=() ;;
    *)
      echo "tests/run.sh: unknown argument '$argument' (known: --experiments)" >&2
      exit 2
      ;;
  esac
done

install_missing "${packages[@]}"
build release
cd "$root/build"
ctest --output-on-failure --no-tests=error --parallel "$jobs" "${selection[@]}"
