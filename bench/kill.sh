#!/usr/bin/env bash
# Ends the newsroom of tests/struck.py at every point of every step, then has the disk fail at each: some ten minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
for way in kill fail; do .venv/bin/python -W error -m tests.struck "$way"; done
