#!/usr/bin/env bash
# Checks that what is made from the tables of settings is what they say: the JSON Schema, and the
# tables of experiments/README.md between `<!-- bench schema BLOCK -->` and `<!-- end -->`.
# With --fix, writes them. BENCH: the program, else that of the release build.
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."
bench=${BENCH:-build/release/bench}
made=$(mktemp -d)
trap 'rm -rf -- "$made"' EXIT

"$bench" schema --json > "$made/experiment.schema.json"
awk -v bench="$bench" '
  /^<!-- end -->$/ { skip = 0 }
  !skip { print }
  /^<!-- bench schema [a-z]+ -->$/ {
    print ""
    fflush()
    system("\"" bench "\" schema " $4 " --markdown")
    print ""
    skip = 1
  }' experiments/README.md > "$made/README.md"

stale=0
for pair in experiment.schema.json:experiments/schema/experiment.schema.json README.md:experiments/README.md; do
  file=${pair#*:}
  cmp -s -- "$made/${pair%%:*}" "$file" && continue
  if [[ ${1:-} == --fix ]]; then
    cat -- "$made/${pair%%:*}" > "$file"
    echo "generated: wrote $file"
  else
    diff -u -- "$file" "$made/${pair%%:*}" | head -40 || true
    echo "generated: $file is stale; run ci/generated.sh --fix" >&2
    stale=1
  fi
done
exit $stale
