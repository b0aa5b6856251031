#!/usr/bin/env bash
# Runs clang-tidy on every source of build/compile_commands.json, or on those changed since a commit.
#   tests/tidy.sh [BASE]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../app/setup.sh"

install_missing "${packages[@]}" clang-tidy
build release
cd "$root"
# clang-tidy cannot read GCC's precompiled headers, nor all of its options: it gets the commands without them.
mkdir -p build/tidy
sed -E -e 's/ -(Winvalid-pch|fpch-preprocess|Werror)( |$)/ /g; s/ -(Winvalid-pch|fpch-preprocess|Werror)( |$)/ /g' \
  -e 's/ -Wno-error=[a-z-]+//g' -e 's/ -Xclang -(include-pch|include) -Xclang [^ ]+//g' \
  -e 's/ -Xclang -fno-pch-timestamp//g' -e 's/ -include [^ ]+cmake_pch\.hxx//g' \
  build/compile_commands.json >build/tidy/compile_commands.json
mapfile -t sources < <(find engine app tests -type f -name '*.cpp' | sort)
if (($# > 0)); then
  mapfile -t sources < <({
    git diff --name-only --diff-filter=d "$1" -- '*.cpp'
    git ls-files --others --exclude-standard -- '*.cpp'
  } | sort -u)
fi
chosen=()
for source in "${sources[@]}"; do
  if grep -qF "\"$root/$source\"" build/compile_commands.json; then chosen+=("$source"); fi
done
if ((${#chosen[@]} == 0)); then
  echo "Tidy: nothing to check"
  exit 0
fi
printf '%s\0' "${chosen[@]}" | xargs -0 -n 1 -P "$jobs" clang-tidy -p build/tidy --quiet \
  2> >(grep -vE '^[0-9]+ warnings? generated\.$' >&2)
echo "Tidy: ${#chosen[@]} files without findings"
