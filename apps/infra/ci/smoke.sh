#!/usr/bin/env bash
# smoke.sh ENVIRONMENT: asks every front that the environment's stacks published whether it stands. Reads alone.
set -euo pipefail
environment=$1

npx nx build e2e
urls=()
for front in http-api rest-api function; do
  name="/gatehouse/$environment/users-api/$front-url"
  if url=$(aws ssm get-parameter --name "$name" --query Parameter.Value --output text 2>/dev/null); then
    urls+=("$url")
  fi
done
if [ "${#urls[@]}" -eq 0 ]; then
  echo "no front of $environment has published its address" >&2
  exit 1
fi
node dist/apps/e2e/smoke.cjs "${urls[@]}"
