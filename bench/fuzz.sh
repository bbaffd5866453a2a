#!/usr/bin/env bash
# Fuzzes feeds, extract and diff for so many seconds each (60 without a word): bench/fuzz.sh [SECONDS]
# What is found stays in bench/findings/; a finding becomes a test. Needs the extra `measure`.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[measure]'
mkdir -p bench/findings
for target in feeds extract diff; do
  printf '\n== %s\n' "$target"
  corpus=$(mktemp -d)
  .venv/bin/python -c "
import pathlib, sys
from tests import internet, poison
seeds = {
    'feeds': [poison.rss(poison.item(1)), poison.sitemap(2), b'{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}'],
    'extract': [(internet.page('Ferry', internet.BODY) + '\f' + internet.page('Fire', internet.BODY[1:])).encode()],
    'diff': ['\n'.join(internet.BODY).encode() + b'\f' + '\n'.join(reversed(internet.BODY)).encode()],
}
for number, seed in enumerate(seeds['$target']):
    pathlib.Path(sys.argv[1], str(number)).write_bytes(seed)
" "$corpus"
  nice .venv/bin/python -m bench.fuzzing "$target" -max_total_time="${1:-60}" -timeout=30 -rss_limit_mb=2048 \
    -artifact_prefix="bench/findings/$target-" -print_final_stats=1 -verbosity=0 "$corpus"
  rm -rf "$corpus"
done
