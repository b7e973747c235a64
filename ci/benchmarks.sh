#!/usr/bin/env bash
# Runs every benchmark: ci/benchmarks.sh [Google Benchmark options]. CI runs each once, briefly, so
# that none can rot: ci/benchmarks.sh --benchmark_min_time=0.001. For figures to quote: an idle
# machine, --benchmark_repetitions=9, and the median.
set -euo pipefail
root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
tests=$root/build/release/tests
find "$tests" -name '*_benchmark' -type f -perm -u+x ! -name clearer_benchmark ! -name dncnn_benchmark |
  sort | while read -r program; do
    echo "== ${program##*/}"
    "$program" "$@"
  done
# These time their contenders in turn by themselves; here one round each.
echo "== dncnn_benchmark"
"$tests/baselines/networks/dncnn_benchmark" 1
echo "== clearer_benchmark"
"$tests/clearer/clearer_benchmark" --what evaluate --rounds 1
