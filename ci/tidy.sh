#!/usr/bin/env bash
# clang-tidy over the folders without LibTorch: ci/tidy.sh [--all | BASE].
#
# A whole pass takes long on two cores, so CI checks the sources that differ from BASE
# (origin/main, or the commit before where there is none), and of the others a third that changes from
# day to day: what slips through is found within three days. --all checks everything.
set -euo pipefail
root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
. "$root/ci/setup.sh"
install_packages "$root/ci/packages-build.txt" "$root/ci/packages-test.txt"
cd "$root"
cmake --preset tidy >/dev/null
# Headers that the build writes.
cmake --build build/tidy --target bench_embedded >/dev/null

compiled() { # sources of build/tidy, without generated ones, one a line
  python3 -c '
import json, os, sys
root = os.getcwd() + "/"
for command in json.load(open("build/tidy/compile_commands.json")):
    path = os.path.relpath(command["file"], root)
    if not path.startswith(("build/", "..")): print(path)' | sort -u
}

changed() { # BASE: sources that differ, and those that include a header that does
  local files
  files=$(git diff --name-only --diff-filter=d "$(git merge-base HEAD "$1")" -- '*.h' '*.cpp')
  grep '\.cpp$' <<<"$files" || true
  { grep '\.h$' <<<"$files" || true; } | while read -r header; do
    git grep -lF "#include \"$header\"" -- '*.cpp' || true
  done
}

third_of_today() { # every third source, from a place that moves daily
  awk -v day="$(($(date +%s) / 86400 % 3))" 'NR % 3 == day'
}

base=${1:-}
if [[ -z $base ]]; then
  base=origin/main
  git rev-parse -q --verify "$base" >/dev/null || base=HEAD~1
fi
if [[ $base == --all ]]; then
  chosen=$(compiled)
else
  chosen=$({ comm -12 <(compiled) <(changed "$base" | sort -u); compiled | third_of_today; } | sort -u)
fi
echo "tidy: $(wc -l <<<"$chosen") of $(compiled | wc -l) sources"
xargs -r -P "$(nproc)" -n 4 clang-tidy -p build/tidy --quiet --warnings-as-errors='*' <<<"$chosen" 2> >(
  grep -v 'warnings generated\|^Suppressed\|^Use -header-filter' >&2 || true)
