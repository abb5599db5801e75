#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sets up, builds and starts Limpid; without a display it restores the photo on the command line.
set -euo pipefail

usage() {
    cat <<'TEXT'
Usage: packaging/run.sh [--headless] [PHOTO]

Installs what is missing, builds Limpid and opens PHOTO in it (a sample photo if none is given).
With --headless, or where there is no display, it restores PHOTO on the command line instead:
the sample into build/restored, your own photo into your Pictures folder. PHOTO is never changed.
TEXT
}

# Prints a name that is still free: photo-restored.jpg, photo-restored-2.jpg, …
free_name() {
    local folder=$1 stem=$2 suffix=$3 number=1 name=$2-restored.$3
    while [[ -e $folder/$name ]]; do
        number=$((number + 1))
        name=$stem-restored-$number.$suffix
    done
    printf '%s\n' "$folder/$name"
}

pictures_folder() {
    local folder=
    ! command -v xdg-user-dir >/dev/null || folder=$(xdg-user-dir PICTURES)
    [[ -n $folder && $folder != "$HOME" ]] || folder=$HOME/Pictures
    printf '%s\n' "$folder"
}

restore() {
    local photo=$1 folder=$2 name stem suffix result
    name=$(basename -- "$photo")
    stem=${name%.*} suffix=${name##*.}
    case ${suffix,,} in
    jpg | jpeg | png | tif | tiff | webp) ;;
    *) suffix=jpg ;;
    esac
    mkdir -p "$folder"
    result=$(free_name "$folder" "$stem" "$suffix")
    echo "» Restoring $photo"
    "$bin/limpid-cli" restore "$photo" "$result" --method msg --seed 1
    echo "» The restored photo is $result"
}

headless=
photo=
for argument in "$@"; do
    case $argument in
    --headless) headless=yes ;;
    -h | --help)
        usage
        exit
        ;;
    -*)
        usage >&2
        exit 2
        ;;
    *) photo=$(realpath -- "$argument") ;;
    esac
done
if [[ -n $photo && ! -f $photo ]]; then
    echo "run: there is no photo at $photo" >&2
    exit 1
fi
[[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]] || headless=yes

# Folders named in the environment are meant from where this was started.
for folder in LIMPID_LIBTORCH LIMPID_WHEELS; do
    [[ -z ${!folder:-} ]] || export "$folder=$(realpath -m -- "${!folder}")"
done
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
packaging/setup.sh

bin=$root/build/release/bin
echo "» Building Limpid (the first time takes some minutes)"
mkdir -p build
cmake --preset release >build/configure.log 2>&1 || {
    cat build/configure.log >&2
    exit 1
}
cmake --build --preset release --target limpid limpid-cli

if [[ -z $headless ]]; then
    echo "» Starting Limpid"
    exec "$bin/limpid" "${photo:-$root/resources/sample.jpg}"
elif [[ -n $photo ]]; then
    restore "$photo" "$(pictures_folder)"
else
    restore "$root/resources/sample.jpg" "$root/build/restored"
fi
