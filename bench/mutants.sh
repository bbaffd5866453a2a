#!/usr/bin/env bash
# Mutation testing of the rules of truth: bench/mutants.sh [MODULE...], by default grade, schedule and decide.
# Each mutant is run against the unit tests of these modules. Needs the extra `measure`; half an hour on one core.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
"$root/.venv/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[measure]'
[ $# -gt 0 ] || set -- grade schedule decide
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -r feedwatch tests bench docs pyproject.toml README.md config.yaml "$copy"
cd "$copy"
for module in "$@"; do
  rm -rf mutants
  sed -i "s#^only_mutate = .*#only_mutate = [\"feedwatch/judging/$module.py\"]#" pyproject.toml
  nice "$root/.venv/bin/mutmut" run --max-children 1 | tr '\r' '\n' | tail -n 2
  "$root/.venv/bin/mutmut" results | awk 'NF { print $1 }' | tr -d : | while read -r mutant; do
    "$root/.venv/bin/mutmut" show "$mutant" | grep '^[-+] ' || true
  done
done
