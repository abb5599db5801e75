#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what building Limpid needs: Debian packages and LibTorch. Does nothing that is done.
set -euo pipefail

usage() {
    cat <<'TEXT'
Usage: packaging/setup.sh [--cuda | --cpu]

Installs what building Limpid needs on Debian 12 or Ubuntu 24.04, if it is missing.

  --cuda  also fetch NVIDIA's libraries for LibTorch (2 GB more to download);
          this is the default where an NVIDIA driver is installed
  --cpu   leave them out even then

Environment:
  LIMPID_LIBTORCH=DIR  use this LibTorch (2.6 or newer) and fetch none
  LIMPID_WHEELS=DIR    take the files named in packaging/libtorch*.sha256 from DIR where it
                       has them, for machines that reach no package index
TEXT
}

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
version=2.11.0
cache=${XDG_CACHE_HOME:-$HOME/.cache}/limpid
target=$cache/libtorch-$version
downloads=$cache/download-$version
staging=$cache/unpacking-$version

# make: link-time optimization runs its parts in parallel with it.
build_packages=(
    g++ make cmake ninja-build ccache pkg-config git clang-format-14
    qt6-base-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
    libopencv-dev libexiv2-dev liblcms2-dev libcli11-dev nlohmann-json3-dev
    libspdlog-dev libexpected-dev zlib1g-dev libjpeg-dev libheif-dev
    libqt6svg6 qt6-wayland qt6-translations-l10n fonts-dejavu-core
)
fetch_packages=(python3-pip unzip ca-certificates)

# Debian 12's libheif has its codecs inside; Ubuntu 24.04's has each in a package of its own, which
# it only recommends.
grep -qsxE 'VERSION_CODENAME="?bookworm"?' /etc/os-release ||
    build_packages+=(libheif-plugin-{libde265,x265,aomdec,aomenc})

say() { printf '» %s\n' "$*"; }
fail() {
    printf 'setup: %s\n' "$@" >&2
    exit 1
}

missing_packages() {
    local package native
    native=$(dpkg --print-architecture)
    for package in "$@"; do
        # A package may be there for several architectures, a line each.
        dpkg-query -W -f '${db:Status-Status} ${Architecture}\n' "$package" 2>/dev/null |
            grep -xE "installed ($native|all)" >/dev/null || printf '%s\n' "$package"
    done
}

# Waits for who else reads the package lists, which DPkg::Lock::Timeout does not. $1: where what
# apt-get says goes; the rest: how to become root.
update_lists() {
    local log=$1 tries
    shift
    for ((tries = 60; tries > 0; --tries)); do
        "$@" apt-get -qq -o DPkg::Lock::Timeout=300 update >"$log" 2>&1 && return
        grep -F /lists/lock "$log" >/dev/null || return 1
        sleep 5
    done
    return 1
}

install_packages() {
    local missing as_root=()
    command -v dpkg-query >/dev/null ||
        fail "This is not a Debian or Ubuntu system: install by your own means what these packages hold:" "  $*"
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]})) || return 0

    if ((EUID != 0)); then
        as_root=(sudo)
        if ! command -v sudo >/dev/null || { [[ ! -t 0 ]] && ! sudo -n true 2>/dev/null; }; then
            fail "${#missing[@]} packages are missing and only root may install them. Ask for:" \
                "  apt-get install --no-install-recommends ${missing[*]}"
        fi
    fi
    say "Installing ${#missing[@]} Debian packages and what they need: ${missing[*]}"
    local log
    log=$(mktemp)
    if ! { update_lists "$log" "${as_root[@]}" &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y \
            -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
            install --no-install-recommends "${missing[@]}" >>"$log" 2>&1; }; then
        tail -n 20 "$log" >&2
        fail "apt-get could not install the packages; its last words are above, all of them in $log."
    fi
    rm -f "$log"
}

has_nvidia_driver() {
    PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null | grep -F libcuda.so.1 >/dev/null ||
        [[ -e /usr/lib/wsl/lib/libcuda.so.1 ]]
}

# Prints the first file that a LibTorch folder must have and $1 lacks.
lacks() {
    local wanted
    for wanted in lib/libtorch_cpu.so lib/libc10.so include/ATen/ATen.h \
        include/torch/csrc/api/include/torch/torch.h; do
        [[ -e $1/$wanted ]] || {
            printf '%s\n' "$wanted"
            return
        }
    done
}

# What the folder is made of; written into it as the last act, so its presence means "complete".
stamp() {
    printf '%s\n' "$flavor"
    cat "${sums[@]}"
}

is_complete() { [[ -z $(lacks "$target/torch") ]] && cmp -s <(stamp) "$target/stamp"; }

choose() {
    flavor=$1
    sums=("$here/libtorch.sha256")
    download_size="545 MB" disk_gigabytes=2
    [[ $flavor == cuda ]] || return 0
    sums+=("$here/libtorch-cuda.sha256")
    download_size="2.5 GB" disk_gigabytes=8
}

# Without an option, what is installed stays; only a first installation looks for a driver.
choose_automatically() {
    choose cuda
    is_complete && return
    choose cpu
    if is_complete; then
        ! has_nvidia_driver ||
            say "This LibTorch is without CUDA; packaging/setup.sh --cuda fetches it for your NVIDIA card"
        return
    fi
    ! has_nvidia_driver || choose cuda
}

# What an interrupted run has left is taken away first; what it has fetched need not be fetched.
need_space() {
    local available_kb fetched_kb=0
    rm -rf "$staging" "$target.old" "$downloads"/pip-*
    [[ ! -d $downloads ]] || fetched_kb=$(du -sk "$downloads" | cut -f 1)
    available_kb=$(df --output=avail "$cache" | tail -n 1)
    ((available_kb + fetched_kb >= $1 * 1000000)) ||
        fail "$1 GB of free space are needed in $cache, but only $((available_kb / 1000000)) GB are left."
}

checked() { (cd "$1" && grep -hF "  $2" "${sums[@]}" | sha256sum --check --status -); }

# Brings every file of the sums into $downloads, from LIMPID_WHEELS or from the package index.
fetch() {
    local file name_version requirements=()
    [[ -z ${LIMPID_WHEELS:-} || -d $LIMPID_WHEELS ]] || fail "LIMPID_WHEELS=$LIMPID_WHEELS is no folder."
    mkdir -p "$downloads"
    while read -r _ file; do
        if [[ -n ${LIMPID_WHEELS:-} && -e $LIMPID_WHEELS/$file ]]; then
            ln -sf "$(realpath "$LIMPID_WHEELS/$file")" "$downloads/$file"
        elif [[ ! -f $downloads/$file ]] || ! checked "$downloads" "$file"; then
            rm -f "$downloads/$file"
            name_version=$(cut -d - -f 1,2 <<<"$file")
            requirements+=("${name_version/-/==}")
        fi
    done < <(cat "${sums[@]}")

    if ((${#requirements[@]})); then
        say "Downloading ${requirements[*]} (once; about $download_size)"
        local platform options=(--quiet)
        [[ -t 1 ]] && options=()
        for platform in _2_28 _2_27 _2_25 _2_18 _2_17 2014 _2_12 2010 _2_5 1; do
            options+=(--platform "manylinux${platform}_x86_64")
        done
        # The target's Python is named, so that the one of this machine does not matter.
        TMPDIR=$downloads python3 -m pip download --disable-pip-version-check --no-cache-dir \
            --no-deps --only-binary=:all: --python-version 3.12 --implementation cp \
            --abi cp312 --abi none "${options[@]}" --dest "$downloads" "${requirements[@]}" ||
            fail "The download failed. Run this again with a connection, or put the files named in" \
                "  ${sums[*]}" "into one folder and run it with LIMPID_WHEELS=that folder."
    fi

    say "Checking the files against their sha256 sums"
    while read -r _ file; do
        checked "$downloads" "$file" || {
            local source
            source=$(realpath "$downloads/$file")
            rm -f "$downloads/$file"
            fail "$source is not the file it should be (its sha256 differs from the one in" \
                "packaging/libtorch*.sha256). Nothing was installed; fetch that file again."
        }
    done < <(cat "${sums[@]}")
}

# Unpacks beside the final place and renames, so that a half-unpacked LibTorch is never found.
unpack() {
    local file parts
    say "Unpacking LibTorch $version to $target"
    rm -rf "$staging"
    mkdir -p "$staging"
    while read -r _ file; do
        parts=('nvidia/*/lib/*.so*')
        case $file in
        torch-*)
            parts=('torch/include/*' torch/lib/lib{c10,torch,torch_cpu,torch_global_deps}.so
                'torch/lib/libgomp*')
            [[ $flavor == cpu ]] ||
                parts+=('torch/lib/lib*_cuda*.so' torch/lib/lib{caffe2_nvrtc,torch_nvshmem}.so)
            ;;
        nvidia_cuda_cupti-*) [[ $flavor == cuda ]] || parts=('nvidia/*/libcupti.so*') ;;
        esac
        unzip -q -o "$downloads/$file" "${parts[@]}" '*.dist-info/*' -d "$staging"
    done < <(cat "${sums[@]}")
    [[ -z $(lacks "$staging/torch") ]] || fail "The wheel of LibTorch lacks $(lacks "$staging/torch")."
    stamp >"$staging/stamp"
    sync -f "$staging"

    rm -rf "$target.old"
    [[ ! -e $target ]] || mv "$target" "$target.old"
    mv "$staging" "$target"
    rm -rf "$target.old" "$downloads"
}

# Succeeds if there is a LibTorch to use.
has_libtorch() {
    if [[ -n ${LIMPID_LIBTORCH:-} ]]; then
        [[ -z $(lacks "$LIMPID_LIBTORCH") ]] ||
            fail "LIMPID_LIBTORCH=$LIMPID_LIBTORCH is no LibTorch: $(lacks "$LIMPID_LIBTORCH") was looked for there." \
                "It must name the folder that holds lib/ and include/ of LibTorch 2.6 or newer:" \
                "'libtorch' of the official archive, or 'torch' of an installed PyTorch."
        return
    fi
    is_complete
}

install_libtorch() {
    [[ $(uname -m) == x86_64 ]] ||
        fail "LibTorch is fetched for x86_64 only. Set LIMPID_LIBTORCH to a LibTorch for $(uname -m)."
    mkdir -p "$cache"
    exec 9>"$cache/setup.lock"
    flock 9
    is_complete && return # another run was faster
    need_space "$disk_gigabytes"
    fetch
    unpack
}

case ${1:-} in
--cuda | --cpu) choose "${1#--}" ;;
'') choose_automatically ;;
-h | --help)
    usage
    exit
    ;;
*)
    usage >&2
    exit 2
    ;;
esac
if has_libtorch; then
    install_packages "${build_packages[@]}"
else
    install_packages "${build_packages[@]}" "${fetch_packages[@]}"
    install_libtorch
fi
say "Set-up is complete (LibTorch: ${LIMPID_LIBTORCH:-$target})"
