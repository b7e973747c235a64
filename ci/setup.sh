# Sourced by ./bench and ci/test. Expects $root; leaves a configured build/release behind.
. "$root/ci/packages.sh"

torch_version=2.13.0

# LibTorch: the user's own through Torch_DIR or CMAKE_PREFIX_PATH, else the Python wheel.
install_torch() {
  [[ -n ${Torch_DIR:-} || -n ${CMAKE_PREFIX_PATH:-} ]] && return 0
  local target=$root/.deps/torch
  [[ -f $target/torch/share/cmake/Torch/TorchConfig.cmake ]] && return 0
  echo "bench: fetching LibTorch $torch_version (Python wheel, CPU) into .deps/torch" >&2
  mkdir -p "$root/.deps"
  rm -rf "$target.part"
  local pip=(python3 -m pip install --quiet --disable-pip-version-check --no-compile
             --root-user-action ignore --target "$target.part")
  # The CPU wheel needs none of the Python packages that it names.
  "${pip[@]}" --no-deps "torch==$torch_version+cpu" 2>/dev/null || {
    echo "bench: no CPU wheel there; fetching the default one with all it needs (several GB)" >&2
    "${pip[@]}" "torch==$torch_version" || {
      echo "bench: LibTorch could not be fetched. Install it yourself (2.6 or newer) and set Torch_DIR" \
           "to the folder of its TorchConfig.cmake, then type the same command again." >&2
      return 2
    }
  }
  rm -rf "$target"
  mv "$target.part" "$target"
}

configure() { # [CMake arguments...]
  local launcher=()
  if command -v ccache >/dev/null; then
    launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  fi
  mkdir -p "$root/build/release"
  (cd "$root" && cmake --preset release "${launcher[@]}" "$@") >"$root/build/release/configure.log" 2>&1 || {
    tail -n 25 "$root/build/release/configure.log" >&2
    echo "bench: configuring failed; the whole log is build/release/configure.log" >&2
    return 2
  }
}

# How many compilers run side by side: no more than cores, since each wants a whole one and up to
# 1.5 GB of memory.
build_jobs() { nproc; }

# A precompiled header changes what ccache may trust: time stamps and macros are checked by ninja.
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
# The same sources in another checkout are the same to it.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
