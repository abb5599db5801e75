#!/bin/sh
# DeblurDiff at its published size, with random weights: writes a checkpoint, imports it, runs it in
# both precisions, over tiles, and cancels it. Prints times and peak memory; takes about ten minutes
# and 12 GB of disk. Usage: tests/full_size.sh [LIMPID_CLI [FOLDER]]
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
cli=${1:-$here/build/release/bin/limpid-cli}
folder=${2:-$(mktemp -d)}
failures=0

mkdir -p "$folder"
[ $# -ge 2 ] || trap 'rm -rf "$folder"' EXIT

# measured WHAT LIMIT_MB COMMAND...: runs the command, follows its peak memory (anonymous and mapped)
# and its time, and compares the peak with the limit (0: none), in millions of bytes.
measured() {
    what=$1 limit=$2
    shift 2
    start=$(date +%s)
    "$@" >"$folder/output" 2>&1 &
    process=$!
    peak=0
    while kill -0 "$process" 2>/dev/null; do
        now=$(awk '/^VmHWM/ { print int($2 * 1024 / 1000000) }' "/proc/$process/status" 2>/dev/null || :)
        peak=${now:-$peak}
        sleep 0.2
    done
    outcome=ok
    wait "$process" || outcome=FAILED
    [ "$limit" -eq 0 ] || [ "$peak" -le "$limit" ] || outcome="MORE THAN $limit MB"
    [ "$outcome" = ok ] || failures=$((failures + 1))
    printf '%-34s %6s s %7s MB  %s\n' "$what" "$(($(date +%s) - start))" "$peak" "$outcome"
    sed 's/^/    /' "$folder/output" | grep -E 'restored|limpid-cli:' || :
}

restored() {
    "$cli" restore "$@" --method deblurdiff --models "$here/models" --user-models "$folder/models"
}

echo "published code: 1.3 s a step at 1280x720 on an A100-class GPU"
measured "write random weights (fp16)" 0 "$cli" make-random-checkpoint "$folder/full.safetensors"
measured "import" 0 "$cli" import "$folder/full.safetensors" --user-models "$folder/models"
rm -f "$folder/full.safetensors"

photo=$here/resources/sample.jpg
precisions=fp32
! grep -q -e avx512_bf16 -e amx_bf16 /proc/cpuinfo || precisions="fp32 bf16"
# This region and the surroundings that are seen with it are 512x512 pixels.
for precision in $precisions; do
    limit=6000
    [ $precision = fp32 ] || limit=4500
    measured "512x512, 2 steps, $precision" $limit "$cli" restore "$photo" "$folder/out.png" \
        --method deblurdiff --models "$here/models" --user-models "$folder/models" \
        --region 0,0,341,341 --feather 0 --steps 2 --precision $precision
done
measured "832x576, 1 step, 4 tiles" 0 "$cli" restore "$photo" "$folder/out.png" \
    --method deblurdiff --models "$here/models" --user-models "$folder/models" \
    --region 0,0,597,341 --feather 0 --steps 1

restored "$photo" "$folder/cancelled.png" --region 0,0,341,341 --steps 50 \
    >/dev/null 2>&1 &
process=$!
sleep 40
start=$(date +%s%N)
pkill -INT -P "$process" 2>/dev/null || kill -INT "$process" || failures=$((failures + 1))
wait "$process" && failures=$((failures + 1))
echo "cancelled after $((($(date +%s%N) - start) / 1000000)) ms"
[ ! -e "$folder/cancelled.png" ] || failures=$((failures + 1))
exit $failures
