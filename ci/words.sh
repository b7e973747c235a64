#!/usr/bin/env bash
# Spelling (codespell) and the words of docs/style.md, in documents and string literals.
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."

# Other people's texts, recorded values, results that the program wrote and the old names of settings
# are left as they are.
others=(':!LICENSE' ':!docs/results' ':!docs/style.md' ':!ci/baseline' ':!tests/reference' ':!datasets/manifests'
  ':!core/json/old_spellings.cpp')

git ls-files -z -- '*.md' '*.h' '*.cpp' '*.json' '*.js' '*.css' '*.sql' '*.py' '*.sh' '*.txt' '*.cmake' \
    '*.cff' .ci ci bench "${others[@]}" | xargs -0 codespell --ignore-words ci/words_ignored.txt

# The first column of the table, as one pattern of whole words.
pattern=$(sed -n 's/^| \([^|]*\) | [^|]* |$/\1/p' docs/style.md | grep -v '^not$' |
  sed 's/, /\n/g' | paste -sd '|')
found=$({
  git grep -nwiE "($pattern)" -- '*.md' ':!CHANGELOG.md' "${others[@]}"
  # In a source: between double quotes, outside comments.
  git grep -niE "\"[^\"]*\b($pattern)\b" -- '*.cpp' '*.h' "${others[@]}" ':!tests' |
    grep -vE '#include|^[^:]*:[0-9]*: *//'
} || true)
[[ -z $found ]] && { echo "words: clean"; exit 0; }
printf '%s\n' "$found" >&2
echo "words: docs/style.md has better words for these" >&2
exit 1
