#!/usr/bin/env bash
# Builds and tests the folders without LibTorch under ASan and UBSan.
set -euo pipefail
root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
. "$root/ci/setup.sh"
install_packages "$root/ci/packages-build.txt" "$root/ci/packages-test.txt"
cd "$root"
launcher=()
command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
cmake --preset asan "${launcher[@]}" >/dev/null
cmake --build build/asan
# One thread a test: several tests run side by side.
cores=$(nproc) # before the next line, which nproc would heed
export OMP_NUM_THREADS=1
ctest --test-dir build/asan --output-on-failure -j "$cores"
