#!/usr/bin/env bash
# Checks the format of all sources; with --fix, makes it right. Comments are wrapped by hand, so
# that no table becomes a paragraph; here their width is checked.
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."
mode=(--dry-run --Werror)
[[ ${1:-} == --fix ]] && mode=(-i)
git ls-files -z -- '*.h' '*.cpp' | xargs -0 -r clang-format "${mode[@]}"
if git grep -nP '^(?=.{101})\s*//' -- '*.h' '*.cpp' >&2; then
  echo "format: these comments are wider than 100 columns; wrap them" >&2
  exit 1
fi
echo "format: $(git ls-files -- '*.h' '*.cpp' | wc -l) files are clean"
