#!/usr/bin/env bash
# Runs every benchmark: ci/benchmarks.sh [Google Benchmark options]. CI runs each once, briefly, so
# that none can rot: ci/benchmarks.sh --benchmark_min_time=0.001. For figures to quote: an idle
# machine, --benchmark_repetitions=9, and the median.
set -euo pipefail
root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
find "$root/build/release/tests" -name '*_benchmark' -type f -perm -u+x ! -name clearer_benchmark |
  sort | while read -r program; do
    echo "== ${program##*/}"
    "$program" "$@"
  done
