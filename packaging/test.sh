#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sets up, builds and runs every test, without a display. Ends with "N passed, N failed".
set -euo pipefail

# Folders named in the environment are meant from where this was started.
for folder in LIMPID_LIBTORCH LIMPID_WHEELS; do
    [[ -z ${!folder:-} ]] || export "$folder=$(realpath -m -- "${!folder}")"
done
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
packaging/setup.sh

export QT_QPA_PLATFORM=offscreen
export CTEST_PARALLEL_LEVEL=${CTEST_PARALLEL_LEVEL:-$(nproc)}
log=build/ci.log
mkdir -p build
status=0
echo "» Building and testing (cmake --workflow --preset ci)"
cmake --workflow --preset ci 2>&1 | tee "$log" || status=$?

# ctest's own last word: "98% tests passed, 1 tests failed out of 57"
summary=$(sed -nE 's/^[0-9]+% tests passed, ([0-9]+) tests? failed out of ([0-9]+)$/\1 \2/p' "$log" | tail -n 1)
if [[ -z $summary ]]; then
    echo "test: no test ran; what stopped it is above and in $log" >&2
    exit $((status ? status : 1))
fi
read -r failed all <<<"$summary"
echo "$((all - failed)) passed, $failed failed"
exit "$status"
