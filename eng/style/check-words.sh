#!/usr/bin/env bash
# check-words.sh: fails where a retired word stands in src, tests, benchmarks or the documentation, and prints each place.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
pattern=$(grep -v '^#' eng/style/retired-words.txt | paste -sd '|')
if git grep -nIE "$pattern" -- 'src/*.cs' 'src/*.md' 'src/*.targets' 'tests/*.cs' 'benchmarks/*.cs' '*.md' docs; then
  echo "These words are retired (eng/style/retired-words.txt); docs/glossary.md has the terms."
  exit 1
fi
