#!/usr/bin/env bash
# Checks the format of all sources; with --fix, makes it right.
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."
mode=(--dry-run --Werror)
[[ ${1:-} == --fix ]] && mode=(-i)
git ls-files -z -- '*.h' '*.cpp' | xargs -0 -r clang-format "${mode[@]}"
echo "format: $(git ls-files -- '*.h' '*.cpp' | wc -l) files are clean"
