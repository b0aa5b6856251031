#!/usr/bin/env bash
# Formats every source by .clang-format; with --check it changes nothing and fails where something would change.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../app/setup.sh"

install_missing clang-format
cd "$root"
mapfile -d '' sources < <(find engine app tests -type f \( -name '*.h' -o -name '*.cpp' \) -print0 | sort -z)
if [[ "${1:-}" == --check ]]; then
  clang-format --dry-run --Werror "${sources[@]}"
  echo "Format: ${#sources[@]} files as they should be"
else
  clang-format -i "${sources[@]}"
fi
