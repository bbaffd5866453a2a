#!/usr/bin/env bash
# Ends the newsroom of tests/struck.py at every point of every step, and has the disk fail at each, full and broken:
# 1,976 strikes, some nine minutes of CPU time on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -w /dev/shm ] && export PYTEST_DEBUG_TEMPROOT=/dev/shm  # nobody waits for a disk there
told=$(mktemp -d)
trap 'rm -rf "$told"' EXIT
for way in kill fail; do
  .venv/bin/python -W error -m tests.struck "$way" >"$told/$way" &
  ways[$!]=$way
done
failed=0
for process in "${!ways[@]}"; do
  wait "$process" || failed=1
  .venv/bin/python -c '
import collections, json, sys
told = json.load(sys.stdin)
for what, count in sorted(collections.Counter(told["struck"]).items()):
    print(f"{count:5} {what}")
print("\n".join(told["found"]) or "as if nothing had been", flush=True)
' <"$told/${ways[$process]}" || failed=1
done
exit "$failed"
