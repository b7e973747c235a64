#!/usr/bin/env bash
# Builds and tests under sanitizers: ci/sanitize.sh [address|thread]...
# address: ASan and UBSan, all folders without LibTorch.
# thread:  TSan, the folders that start threads or processes: runner, scoring, statistics.
# Without a word: both.
set -euo pipefail
root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
. "$root/ci/setup.sh"
install_packages "$root/ci/packages-build.txt" "$root/ci/packages-test.txt"
cd "$root"
launcher=()
command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
cores=$(env -u OMP_NUM_THREADS nproc)
# One thread a test: several tests run side by side.
export OMP_NUM_THREADS=1

address() {
  cmake --preset asan "${launcher[@]}" >/dev/null
  cmake --build --preset asan -j "$cores"
  ctest --preset asan -j "$cores"
}

thread() {
  # The TSan of GCC 12 cannot start where the kernel spreads addresses widely (mmap_rnd_bits above 28).
  local fixed=()
  setarch -R true 2>/dev/null && fixed=(setarch -R)
  cmake --preset tsan "${launcher[@]}" >/dev/null
  "${fixed[@]}" cmake --build --preset tsan -j "$cores" --target runner_test scoring_test statistics_test
  "${fixed[@]}" ctest --preset tsan -j "$cores"
}

(($#)) || set -- address thread
for mode in "$@"; do
  case $mode in
    address | thread) "$mode" ;;
    *) echo "ci/sanitize.sh: expected address or thread, found \"$mode\"" >&2; exit 2 ;;
  esac
done
