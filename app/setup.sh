# Shared by the scripts that build: sourced, not run. Sets root and jobs; gives install_missing and build.
# shellcheck shell=bash

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

# shellcheck disable=SC2034  # used by the scripts that source this
packages=(
  g++ cmake ninja-build ccache pkg-config ca-certificates
  libeigen3-dev nlohmann-json3-dev libcli11-dev libfmt-dev zlib1g-dev doctest-dev libbenchmark-dev
  libglfw3-dev libepoxy-dev libgl-dev libegl-dev libcairo2-dev libfreetype-dev
  libgl1-mesa-dri libegl1 xvfb xdotool xclip
)

# As many compilers at once as there are processors and 1.5 GB of memory for each, at most 3; JOBS=N overrules.
choose_jobs() {
  local memory=3000000
  if [[ -r /proc/meminfo ]]; then
    memory="$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo)"
  fi
  jobs="$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)"
  ((jobs <= 3)) || jobs=3
  ((jobs <= memory / 1500000)) || jobs=$((memory / 1500000))
  ((jobs >= 1)) || jobs=1
}
jobs="${JOBS:-}"
[[ -n "$jobs" ]] || choose_jobs

# install_missing PACKAGE...: installs by apt those packages that are not there, and says so.
install_missing() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    echo "No apt here, so nothing is installed. Debian's names of what must be there: $*" >&2
    return 0
  fi
  local package missing=()
  for package in "$@"; do
    if [[ "$(dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | head -n 1)" != installed ]]; then
      missing+=("$package")
    fi
  done
  ((${#missing[@]} > 0)) || return 0
  local as_root=()
  if [[ "$(id -u)" != 0 ]]; then
    if ! command -v sudo >/dev/null; then
      echo "These packages are missing; install them as root, then run this again: ${missing[*]}" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  echo "Installing: ${missing[*]}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q update </dev/null
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends \
    "${missing[@]}" </dev/null
}

# build PRESET [TARGET...]: configures with that preset (and the options in CREASE_OPTIONS) and builds.
build() {
  local preset="$1" options=()
  shift
  read -r -a options <<<"${CREASE_OPTIONS:-}"
  cd "$root" || return
  cmake --preset "$preset" "${options[@]}" >&2
  local targets=()
  if (($# > 0)); then targets=(--target "$@"); fi
  cmake --build --preset "$preset" --parallel "$jobs" "${targets[@]}" >&2
}
