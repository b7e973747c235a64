#!/usr/bin/env bash
# Breaks the product on purpose, one line at a time, and looks whether a test notices.
#   ci/mutate.sh [TREE [PATTERN]]
# TREE: a scratch copy of this checkout with a build in TREE/build/release; made where there is none
# (build/mutants). It may be this checkout itself, if that is one to throw away. PATTERN: only the
# mutations whose line in ci/mutations.tsv it matches (grep -E).
#
# Each line of ci/mutations.tsv names a test program, its tests (--gtest_filter), a file, a text that
# stands in it exactly once, and what takes its place. The program is built with the change, its tests
# are run, and the file is put back. Outcomes are kept in TREE/mutants.tsv from run to run, and
# docs/results/mutations.md is written from them. Exit code 1 if a mutation survives or cannot be
# tried. Not a step of .ci/run, because building with LibTorch takes hours: run it before a release.
set -euo pipefail
root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
tree=${1:-$root/build/mutants}
pattern=${2:-.}
list=$root/ci/mutations.tsv
jobs=${MUTATE_JOBS:-$(nproc)}
export OMP_NUM_THREADS=1 BENCH_DATA_DIR=${BENCH_DATA_DIR:-$root/../shared}

take_over_sources() {
  mkdir -p "$tree"
  (cd "$root" && git ls-files -z --cached --others --exclude-standard) |
    while IFS= read -r -d '' file; do
      [[ -e $root/$file ]] || { rm -f "$tree/$file"; continue; }
      cmp -s "$root/$file" "$tree/$file" || install -D -m "$(stat -c %a "$root/$file")" "$root/$file" "$tree/$file"
    done
  [[ -d $tree/.git ]] || git -C "$tree" init -q  # some tests ask git for the sources
  [[ -f $tree/build/release/build.ninja ]] || (cd "$tree" && cmake --preset release >/dev/null)
}

# Puts $3 in place of $2 in the file $1; fails unless $2 is there exactly once.
replace() {
  python3 - "$@" <<'PYTHON'
import sys
path, before, after = sys.argv[1:]
text = open(path, encoding="utf-8").read()
if text.count(before) != 1:
    sys.exit(f"{path}: expected once, found {text.count(before)} times: {before}")
open(path, "w", encoding="utf-8").write(text.replace(before, after))
PYTHON
}

build() { ninja -C "$tree/build/release" -j "$jobs" "$1" >"$tree/mutants.build.log" 2>&1; }

# Prints what became of the tests: "passed", or who noticed.
tests_of() {
  local program status=0
  program=$(find "$tree/build/release" -type f -executable -name "$1" | head -n 1)
  (cd "$(dirname "$program")" && timeout 900 "$program" --gtest_filter="$2" --gtest_brief=1) \
    >"$tree/mutants.test.log" 2>&1 || status=$?
  local failed
  failed=$(grep -aoE '^\[  FAILED  \] [A-Za-z0-9_/]+\.[A-Za-z0-9_/]+' "$tree/mutants.test.log" | head -n 1 | cut -c 14- || true)
  if ((status == 124)); then echo "a test that did not end"
  elif [[ -n $failed ]]; then echo "$failed"
  elif ((status != 0)); then echo "a crash of $1"
  elif ! grep -aqE '^\[  PASSED  \] [1-9]' "$tree/mutants.test.log"; then echo "no tests"
  else echo "passed"; fi
}

note_outcome() {
  local results=$tree/mutants.tsv
  touch "$results"
  { grep -avF -- "$1"$'\t' "$results" || true; printf '%s\t%s\n' "$1" "$2"; } >"$results.new"
  mv "$results.new" "$results"
}

# One mutation; the outcome under its text.
try() {
  local program=$1 tests=$2 file=$3 before=$4 after=$5 outcome
  cp "$tree/$file" "$tree/mutants.original"
  trap 'cp "$tree/mutants.original" "$tree/$file"' EXIT
  if ! replace "$tree/$file" "$before" "$after" 2>"$tree/mutants.build.log"; then
    outcome="stale: $(cat "$tree/mutants.build.log")"
  elif ! build "$program"; then
    outcome="does not compile"
  else
    outcome=$(tests_of "$program" "$tests")
    [[ $outcome == passed ]] && outcome=survived
  fi
  # With a time of now, so that the build sees it.
  cp "$tree/mutants.original" "$tree/$file"
  trap - EXIT
  echo "$outcome: $file: $before -> $after"
  note_outcome "$file"$'\t'"$before"$'\t'"$after" "$outcome"
}

page() {
  python3 - "$list" "$tree/mutants.tsv" "$root/docs/results/mutations.md" <<'PYTHON'
import os
import sys
listed, results, page = sys.argv[1:]
known = {}
if os.path.exists(results):
    for line in open(results, encoding="utf-8"):
        key, _, outcome = line.rstrip("\n").rpartition("\t")
        known[key] = outcome
rows, killed, survived, open_ = [], 0, [], 0
code = lambda text: "`" + text.strip().replace("|", "\\|") + "`" if text.strip() else "nothing"
for line in open(listed, encoding="utf-8"):
    if line.startswith("#"):
        continue
    program, tests, file, before, after = line.rstrip("\n").split("\t")
    outcome = known.get("\t".join([file, before, after]), "not tried")
    if outcome == "not tried":
        open_ += 1
    elif outcome == "survived" or outcome.startswith(("stale", "does not", "no tests")):
        survived.append(file)
    else:
        killed += 1
    rows.append(f"| {file} | {code(before)} | {code(after)} | {program} | {outcome} |")
with open(page, "w", encoding="utf-8") as out:
    out.write("# Mutations\n\n"
              "Each row is a change of one line that makes the product wrong, the test program that has to\n"
              "notice, and the first test that did. `ci/mutate.sh` applies the rows of ci/mutations.tsv to a\n"
              "scratch copy, builds and tests it, and writes this page.\n\n"
              f"{killed} of {len(rows)} were noticed, {len(survived)} were not, {open_} were not tried.\n\n"
              "| file | instead of | stands | program | noticed by |\n|---|---|---|---|---|\n"
              + "\n".join(rows) + "\n")
PYTHON
}

[[ $tree -ef $root ]] || take_over_sources
last="" bad=0
while IFS=$'\t' read -r program tests file before after; do
  if [[ $program/$tests != "$last" ]]; then
    build "$program" || { tail -n 30 "$tree/mutants.build.log" >&2; exit 1; }
    outcome=$(tests_of "$program" "$tests")
    [[ $outcome == passed ]] || { echo "$program $tests without a mutation: $outcome" >&2; exit 1; }
    last=$program/$tests
  fi
  try "$program" "$tests" "$file" "$before" "$after"
  grep -aqE $'\t(survived|stale.*|does not compile|no tests)$' <(tail -n 1 "$tree/mutants.tsv") && bad=1
done < <(grep -v '^#' "$list" | grep -E -- "$pattern")
page
exit "$bad"
