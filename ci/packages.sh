# Sourced. install_packages FILE...: installs what is missing of the listed distribution packages.
# Says what and why; without root it prints the one line to type and stops with 2.

missing_packages() { # FILE...
  local name reason
  while read -r name reason; do
    [[ -z $name || $name == \#* ]] && continue
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null) == installed ]] ||
      printf '%s\t%s\n' "$name" "$reason"
  done < <(cat "$@")
}

install_packages() { # FILE...
  command -v dpkg-query >/dev/null || {
    echo "bench: this is no Debian; its packages are expected to be there: see $*" >&2
    return 0
  }
  local missing names
  missing=$(missing_packages "$@")
  [[ -z $missing ]] && return 0
  names=$(cut -f1 <<<"$missing" | tr '\n' ' ')
  echo "bench: needs these packages of the distribution:" >&2
  while IFS=$'\t' read -r name reason; do printf '  %-30s %s\n' "$name" "$reason" >&2; done <<<"$missing"
  if [[ $EUID -ne 0 ]]; then
    printf 'bench: not root; type this, then the same command again:\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends %s\n' "$names" >&2
    return 2
  fi
  echo "bench: installing them" >&2
  apt-get update -qq >&2 || echo "bench: package lists could not be refreshed; trying with the old ones" >&2
  # shellcheck disable=SC2086  # a list of names
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $names >&2
}
