#!/usr/bin/env bash
# Fuzzes the parsers of foreign input (tests/fuzz) with libFuzzer under ASan and UBSan.
#   ci/fuzz.sh [AMOUNT [FUZZER...]]
# AMOUNT: seconds for each fuzzer, such as 30s, or executions, such as 1000000 (the default).
# An input that crashes, leaks, takes over a second or more than 512 MB ends with exit code 1 and is
# kept in build/fuzz/findings. Prints one line per fuzzer, the rows of docs/results/fuzzing.md.
set -euo pipefail
root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
cd "$root"
amount=${1:-1000000}
case $amount in
  *[0-9]s) limit=-max_total_time=${amount%s} ;;
  *[!0-9]*) echo "ci/fuzz.sh: expected seconds (30s) or executions (1000000), found $amount" >&2; exit 2 ;;
  *) limit=-runs=$amount ;;
esac
shift || true
command -v clang++ >/dev/null || { echo "ci/fuzz.sh: clang++ is missing (apt-get install clang)" >&2; exit 2; }
launcher=()
command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
cmake --preset fuzz "${launcher[@]}" >/dev/null
if (($#)); then fuzzers=("$@"); else
  fuzzers=()
  for source in tests/fuzz/*_fuzz.cpp; do name=${source##*/}; fuzzers+=("${name%_fuzz.cpp}"); done
fi
cmake --build build/fuzz --target "${fuzzers[@]/%/_fuzz}" >build/fuzz/build.log 2>&1 ||
  { tail -n 30 build/fuzz/build.log >&2; exit 1; }

# The committed seeds, and files of the tests and of the project that are good seeds as they are.
seeds() {
  case $1 in
    safetensors) echo tests/fuzz/corpus/safetensors ;;
    pth) echo tests/reference/pth ;;
    png | jpeg) echo tests/reference/images tests/reference/images/oriented ;;
    experiment) echo experiments ;;
    claims) echo experiments/claims ;;
    gate_baseline) echo ci/baseline tests/fuzz/corpus/gate_baseline ;;
    *) echo "tests/fuzz/corpus/$1" ;;
  esac
}

mkdir -p build/fuzz/findings
status=0
for name in "${fuzzers[@]}"; do
  corpus=build/fuzz/corpus/$name
  mkdir -p "$corpus"
  for folder in $(seeds "$name"); do find "$folder" -maxdepth 1 -type f -size -64k -exec cp -t "$corpus" {} +; done
  log=build/fuzz/$name.log
  if "build/fuzz/tests/fuzz/${name}_fuzz" "$limit" -timeout=1 -rss_limit_mb=512 -malloc_limit_mb=256 \
    -max_len=65536 -len_control=50 -detect_leaks=1 -artifact_prefix="build/fuzz/findings/$name-" \
    -print_final_stats=1 "$corpus" >"$log" 2>&1; then
    outcome="no finding"
  else
    outcome="FINDING, see $log"
    status=1
  fi
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  memory=$(sed -n 's/^stat::peak_rss_mb: *//p' "$log")
  covered=$(grep -o 'cov: [0-9]*' "$log" | tail -n 1 | cut -d' ' -f2)
  printf '| %s | %s | %s | %s MB | %s |\n' "$name" "${executions:-?}" "${covered:-?}" "${memory:-?}" "$outcome"
done
exit "$status"
