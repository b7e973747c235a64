#!/usr/bin/env bash
# The project's gate on itself: are BM3D and two tiny trained nets as good as when their baselines
# were accepted? ci/gate.sh [FOLDER] measures (about a minute) and judges; exit codes of bench gate,
# the gravest of all. ci/gate.sh --refresh "REASON" accepts what is measured as the new baselines.
# docs/ci.md, "This project's own gate", says when to do that.
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." # recorded commands name no machine's path
bench=build/release/bench
[[ -x $bench ]] || bench=./bench
reason=
if [[ ${1:-} == --refresh ]]; then
  reason=${2:?"ci/gate.sh --refresh needs a REASON: it is kept in the baselines"}
  shift 2
fi
work=${1:-build/ci-gate}
rm -rf "$work" # nothing cached: the gate is of this program
mkdir -p "$work"

# What is gated: contestant, metric, margin. The margins: docs/ci.md.
gates="degraded   psnr 0.01dB
       bm3d       psnr 0.01dB
       bm3d       ssim 0.0005
       dncnn-tiny   psnr 0.05dB
       dncnn-tiny   ssim 0.002
       clearer-tiny psnr 0.05dB
       clearer-tiny ssim 0.002"

"$bench" run experiments/ci_gate.json --store "$work/store" --report "$work/report" \
  >"$work/run.log" 2>&1 || {
  status=$?
  tail -n 30 "$work/run.log" >&2
  exit "$status"
}

# How grave an exit code is: a misuse before a regression, that before "nothing measured",
# "inconclusive" and a pass.
gravity() { case $1 in 0) echo 0 ;; 4) echo 1 ;; 5) echo 2 ;; 3) echo 3 ;; *) echo 4 ;; esac; }

worst=0
while read -r contestant metric margin; do
  file=ci/baseline/$contestant-$metric.json
  role=evaluation-only
  [[ $contestant == *-tiny ]] && role=matched-trainings
  if [[ -n $reason ]]; then
    "$bench" gate --store "$work/store" --write-baseline "$file" --from latest \
      --contestant "$contestant" --protocol "$metric" --seed-role "$role" --reason "$reason"
    continue
  fi
  status=0
  echo "gate: $contestant, $metric, margin $margin"
  "$bench" gate --store "$work/store" --baseline "$file" --candidate latest \
    --contestant "$contestant" --margin "$margin" --output "$work/$contestant-$metric.json" ||
    status=$?
  (($(gravity "$status") > $(gravity "$worst"))) && worst=$status
done <<<"$gates"
exit "$worst"
