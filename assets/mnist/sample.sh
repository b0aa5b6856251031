#!/usr/bin/env bash
# Makes the MNIST sample in this folder from the full set (see fetch.sh):
# 6,000 of the 60,000 training digits and 1,000 of the 10,000 test digits.
#
# Usage: sample.sh [FULL-SET-FOLDER [OUTPUT-FOLDER]]
#
# Each class gets its share of the full set (largest remainder; on a tie the
# smaller digit). Within a class of n digits the k to keep are the ones in the
# middle of k equal stretches: number floor((2j+1)n / 2k) for j = 0 .. k-1.
# The digits keep their order. Nothing is left to chance, so a second run
# gives the same bytes.
#
# Needs: bash, awk, gzip and GNU coreutils (8.31 or later, for basenc).
set -euo pipefail
export LC_ALL=C

fail() { printf 'sample.sh: %s\n' "$*" >&2; exit 1; }

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
[[ $# -le 2 ]] || fail 'give at most two folders: the full set and the output.'
full=${1:-${CREASE_DATA:-${XDG_DATA_HOME:-$HOME/.local/share}/crease}/mnist}
out=${2:-$here}

[[ -d $full ]] || fail "there is no folder $full; run fetch.sh first."
[[ -d $out ]] || fail "there is no folder $out."
[[ ! $full -ef $out ]] || fail 'the output folder must not be the one with the full set.'
command -v basenc >/dev/null || fail 'basenc is needed (GNU coreutils 8.31 or later).'
# fetch.sh goes to the network only if the full set is missing or wrong.
bash "$here/fetch.sh" "$full" >/dev/null || fail "the full set in $full is not usable."

tmp=$(mktemp -d "$out/.sample.XXXXXX") || fail "cannot write into $out."
trap 'rm -rf -- "$tmp"' EXIT

# word N: N as four big-endian bytes.
word() {
  local hex
  printf -v hex '%08x' "$1"
  printf "%b" "\\x${hex:0:2}\\x${hex:2:2}\\x${hex:4:2}\\x${hex:6:2}"
}

# records NAME HEADER LENGTH: the records of an IDX file as hexadecimal digits, one a line.
records() {
  gzip -dc "$full/$1.gz" | tail -c +$(($2 + 1)) | od -An -v -tx1 -w"$3" | tr -d ' ' | tr a-f A-F
}

# keep: those lines of standard input that $tmp/index names (from 0), as bytes.
keep() {
  awk 'FILENAME != "-" { want[$1]; next } (FNR - 1) in want' "$tmp/index" - |
    tr -d '\n' | basenc --base16 -d
}

# sample PART TOTAL SIZE
sample() {
  local part=$1 total=$2 size=$3
  local images=$part-images-idx3-ubyte labels=$part-labels-idx1-ubyte

  records "$labels" 8 1 | awk -v total="$total" -v size="$size" '
    { label[NR - 1] = $1 + 0; count[$1 + 0]++ }
    END {
      left = size
      for (c = 0; c < 10; c++) {
        k[c] = int(count[c] * size / total)
        rest[c] = count[c] * size - k[c] * total
        left -= k[c]
      }
      while (left-- > 0) {
        best = 0
        for (c = 1; c < 10; c++) if (rest[c] > rest[best]) best = c
        k[best]++
        rest[best] = -1
      }
      for (i = 0; i < total; i++) {
        c = label[i]
        if (taken[c] < k[c] && seen[c] == int((2 * taken[c] + 1) * count[c] / (2 * k[c]))) {
          print i
          taken[c]++
        }
        seen[c]++
      }
    }' >"$tmp/index"
  [[ $(wc -l <"$tmp/index") -eq $size ]] || fail "the choice for $part went wrong."

  { word 2051; word "$size"; word 28; word 28; records "$images" 16 784 | keep; } >"$tmp/$images"
  { word 2049; word "$size"; records "$labels" 8 1 | keep; } >"$tmp/$labels"
  [[ $(wc -c <"$tmp/$images") -eq $((16 + 784 * size)) ]] || fail "the $part images came out wrong."
  [[ $(wc -c <"$tmp/$labels") -eq $((8 + size)) ]] || fail "the $part labels came out wrong."
  gzip -n -9 "$tmp/$images" "$tmp/$labels"
}

sample train 60000 6000
sample t10k 10000 1000
chmod 644 "$tmp"/*.gz
mv -f -- "$tmp"/*.gz "$out/"
echo "The sample (6,000 training and 1,000 test digits) is now in $out."
