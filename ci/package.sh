#!/usr/bin/env bash
# Builds the packages (.deb, .tar.gz) from build/release and tries them: ci/package.sh [--no-build].
#
# The archive is unpacked into an empty root that has nothing but the C library's loader and the
# libraries that the .deb depends on. There, in a folder that knows no checkout, the program must
# find its stages and experiments and carry out a tiny study. Needs root for chroot.
set -euo pipefail
root=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
. "$root/ci/setup.sh"
install_packages "$root/ci/packages-build.txt" "$root/ci/packages-package.txt"
cd "$root"
build=$root/build/release
if [[ ${1:-} != --no-build ]]; then
  install_torch
  [[ -f $build/build.ninja ]] || configure
  cmake --build "$build" -j "$(build_jobs)" --target bench bench-stage
fi
(cd "$build" && cpack)
archive=$(ls -t "$build"/packages/*.tar.gz | head -n 1)
package=$(ls -t "$build"/packages/*.deb | head -n 1)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
clean=$work/root
mkdir -p "$clean"/{proc,dev,tmp,etc,lib64,somewhere} "$work/deb"
tar -xzf "$archive" -C "$clean" --strip-components=1
ln -s . "$clean/usr" # PREFIX is / here and /usr in the .deb

fail() { echo "ci/package.sh: $*" >&2; exit 1; }

# The libraries of the distribution that the programs load, each of a package in Depends.
depends=$(dpkg-deb --field "$package" Depends)
echo "Depends: $depends"
libraries=$(ldd "$clean"/lib/bench/bench "$clean"/lib/bench/bench-stage "$clean"/lib/bench/lib*.so* |
  sed -n 's/.*=> \(\/[^ ]*\) .*/\1/p; s/^\t\(\/lib[^ ]*\) (.*/\1/p' | grep -v "^$clean/" | sort -u)
while read -r library; do
  # One of the two paths is unknown to dpkg where /lib is a link to /usr/lib.
  owner=$({ dpkg-query -S "$(readlink -f "$library")" "$library" 2>/dev/null || true; } | head -n 1 | cut -d: -f1)
  [[ -n $owner ]] || fail "$library, which the programs load, belongs to no package"
  # zlib1g and the like come with what depends on them.
  grep -qE "(^|[ ,|])$owner([ ,:]|\$)" <<<"$depends" ||
    apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks \
      --no-replaces --no-enhances $(sed 's/([^)]*)//g; s/,/ /g' <<<"$depends") 2>/dev/null |
      grep -qx "$owner" ||
    fail "$library is of package $owner, which the .deb does not depend on"
  mkdir -p "$clean$(dirname "$library")"
  cp -L "$library" "$clean$library"
done <<<"$libraries"

# The .deb holds the same files below /usr.
dpkg-deb -x "$package" "$work/deb"
diff <(cd "$work/deb/usr" && find . -type f | sort) \
  <(cd "$clean" && find ./bin ./lib/bench ./share -type f 2>/dev/null | sort) ||
  fail "the .deb and the archive hold different files"

cp tests/end_to_end/tiny.json "$clean/somewhere/tiny.json"
mknod -m 666 "$clean/dev/null" c 1 3
mknod -m 444 "$clean/dev/urandom" c 1 9
inside() { # the program, alone in its root, with no word of this environment
  env -i PATH=/bin:/usr/bin:/usr/sbin HOME=/tmp unshare --mount --pid --fork sh -c '
    mount -t proc proc "$0/proc" && cd "$0/somewhere" && exec chroot "$0" "$@"' "$clean" "$@"
}
bench() { inside /bin/bench "$@"; }
bench --version
cat >"$work/said" < <(bench plan experiments/derain_transfer.json)
grep -q evaluate "$work/said" || fail "bench plan says: $(cat "$work/said")"
bench run /somewhere/tiny.json --store /somewhere/store --report /somewhere/report --threads 1
[[ -s $clean/somewhere/report/index.html ]] || fail "bench run wrote no report"
[[ -s $clean/share/man/man1/bench-run.1 && -s $clean/share/bash-completion/completions/bench ]] ||
  fail "man pages or completions are missing"
ls -lh "$archive" "$package"
echo "package: runs in a clean root"
