#!/usr/bin/env bash
# Bootstraps an account that is moto's and deploys each app of dev to it, with `nx` and the CDK's own command line; then compares the
# stacks' resources with the templates. Nothing leaves this machine. Skipped with the reason where Python or PyPI cannot be had.
# What moto cannot make is left out by name: see LEFT_OUT in rehearsal.py, and docs/deployment.md.
set -euo pipefail
cd "$(dirname "$0")/../../.."
venv=$(apps/infra/ci/python-venv.sh 'moto[server]==5.2.5') || {
  [ $? -eq 75 ] && echo "skipped: the deployment rehearsal (see the line above)" && exit 0
  exit 1
}
work=dist/rehearsal
rm -rf "$work"
mkdir -p "$work"
port=$("$venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$venv/bin/moto_server" -H 127.0.0.1 -p "$port" > "$work/moto.log" 2>&1 &
moto=$!
trap 'kill "$moto" 2> /dev/null; wait "$moto" 2> /dev/null || true' EXIT
for _ in $(seq 60); do
  curl -s -o /dev/null "http://127.0.0.1:$port/moto-api/" && break
  sleep 0.5
done

# Credentials that are nobody's, and no way to a file or an instance that has others.
unset AWS_PROFILE AWS_SESSION_TOKEN
export AWS_ACCESS_KEY_ID=rehearsal AWS_SECRET_ACCESS_KEY=rehearsal
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_EC2_METADATA_DISABLED=true
export AWS_REGION=eu-central-1 AWS_DEFAULT_REGION=eu-central-1
export AWS_ENDPOINT_URL="http://127.0.0.1:$port"
# The CDK tells CloudFormation where a template lies; moto reads such an address with the bucket in its path from localhost alone.
export AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION="http://localhost:$port"
export CDK_VALIDATION=false NODE_NO_WARNINGS=1 NO_COLOR=1 NX_DAEMON=false CI=true

# run NAME COMMAND...: quiet unless it fails.
run() {
  local log="$work/$1.log"
  shift
  echo "$*"
  "$@" > "$log" 2>&1 || { tail -60 "$log"; grep -B1 -A3 -E 'Error' "$work/moto.log" | tail -20; return 1; }
}

assembly() {
  node dist/apps/infra/main.cjs --env dev --apps "$1" --out "$work/$1"
  "$venv/bin/python" apps/infra/ci/rehearsal.py leave-out "$work/$1"
}

run build npx nx run-many -t build -p infra,users-api,authorizer,webhook
for part in bootstrap data authorizer users-api webhook; do assembly "$part"; done
run bootstrap npx nx bootstrap infra -- --env dev --assembly "$work/bootstrap" --require-approval never
run data npx nx deploy infra -- data --env dev --assembly "$work/data" --require-approval never
for app in authorizer users-api webhook; do
  run "$app" npx nx deploy "$app" -- --env dev --assembly "$work/$app" --require-approval never
done
"$venv/bin/python" apps/infra/ci/rehearsal.py compare "$work"/{bootstrap,data,authorizer,users-api,webhook}
echo "rehearsed: bootstrap and the deployment of every app of dev ($SECONDS s)"
