#!/usr/bin/env bash
# Measures a clean build, without compiler cache, in a folder of its own:
#   ci/build_time.sh [all | TARGET...]      (default: bench bench-stage; all: every test, too)
# Prints the wall and processor time of the whole, and the ten units that took most processor time.
# Processor time says the same on a busy machine; wall time needs an idle one. What a rebuild takes:
#   ci/build_time.sh --after FILE [TARGET...]   builds, touches FILE, and times what follows.
# Figures on record, and how they were taken: docs/results/build.md.
set -euo pipefail
root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
. "$root/ci/setup.sh"
export CCACHE_DISABLE=1
install_torch

touched=
if [[ ${1:-} == --after ]]; then
  touched=${2:?"--after needs a FILE"}
  shift 2
  [[ -f $touched ]] || { echo "build_time: $touched: file not found" >&2; exit 2; }
fi
(($# > 0)) || set -- bench bench-stage
testing=OFF
[[ $* == all ]] && testing=ON

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
units=$work/units.tsv

# Each compiler call appends its processor seconds and the file that it writes.
cat >"$work/timed" <<'LAUNCHER'
#!/usr/bin/env bash
TIMEFORMAT='%U %S'
output=
for ((i = 1; i < $#; ++i)); do
  [[ ${!i} == -o ]] && next=$((i + 1)) && output=${!next}
done
exec 3>&1 4>&2
spent=$({ time "$@" 1>&3 2>&4; } 2>&1) && status=0 || status=$?
awk -v unit="$output" '{printf "%.1f\t%s\n", $1 + $2, unit}' <<<"$spent" >>"$BENCH_UNITS"
exit "$status"
LAUNCHER
chmod +x "$work/timed"
export BENCH_UNITS=$units

(cd "$root" && cmake --preset release -B "$work/build" -DBUILD_TESTING=$testing \
  -DCMAKE_CXX_COMPILER_LAUNCHER="$work/timed") >"$work/configure.log" 2>&1 || {
  tail -n 25 "$work/configure.log" >&2
  exit 2
}

build() { # targets...: prints wall, user and system seconds on descriptor 5
  local TIMEFORMAT='%R %U %S'
  { time cmake --build "$work/build" -j "$(build_jobs)" --target "$@" >"$work/build.log" 2>&1; } 2>&5 || {
    tail -n 25 "$work/build.log" >&2
    return 2
  }
}

exec 5>"$work/total"
build "$@"
if [[ -n $touched ]]; then
  : >"$units"
  exec 5>"$work/total"
  touch "$touched"
  build "$@"
  echo "after a change of $touched:"
fi

minutes() { awk -v s="$1" 'BEGIN {printf "%d min %02d s", s / 60, s % 60}'; }
read -r wall user system <"$work/total"
echo "targets         $*"
echo "compiler        $(c++ --version | head -n 1)"
echo "cores, load     $(nproc), $(cut -d ' ' -f 1 /proc/loadavg) at the end"
echo "wall time       $(minutes "$wall")"
echo "processor time  $(minutes "$(awk -v u="$user" -v s="$system" 'BEGIN {print u + s}')")"
echo "units           $(wc -l <"$units")"
echo "The ten that took most, in seconds of processor time:"
sort -rn "$units" | head -n 10 | sed 's/CMakeFiles\///; s/\.dir\//: /'
