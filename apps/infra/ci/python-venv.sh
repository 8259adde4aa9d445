#!/usr/bin/env bash
# python-venv.sh PACKAGE...: makes a virtual environment with the packages and prints its folder.
# Exits with 75 (try later) and a reason where Python or PyPI is missing; callers take that for "skipped".
set -euo pipefail
command -v python3 > /dev/null || { echo "no python3" >&2; exit 75; }
folder="dist/python/$(printf '%s' "$*" | tr -c 'A-Za-z0-9.\n' '-')"
if [ ! -x "$folder/bin/pip" ]; then
  python3 -m venv "$folder" > /dev/null 2>&1 || { echo "python3 has no venv" >&2; exit 75; }
fi
if [ ! -e "$folder/.done" ]; then
  "$folder/bin/pip" install --quiet --disable-pip-version-check "$@" > "$folder/pip.log" 2>&1 ||
    { echo "PyPI does not give: $*" >&2; tail -2 "$folder/pip.log" >&2; exit 75; }
  touch "$folder/.done"
fi
echo "$folder"
