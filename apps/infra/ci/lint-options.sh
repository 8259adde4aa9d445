#!/usr/bin/env bash
# Every pair of values of environments.ts that synth accepts makes templates that are clean for the CDK's validator, cdk-nag and
# cfn-lint, and within CloudFormation's limits. cfn-lint is skipped with the reason where PyPI cannot be had.
# Needs: nx build of infra and the apps. Run from the workspace's root.
set -euo pipefail
cd "$(dirname "$0")/../../.."

node dist/apps/infra/synthesise-options.cjs --out dist/lint-options
venv=$(apps/infra/ci/python-venv.sh cfn-lint==1.58.0) || {
  [ $? -eq 75 ] && echo "skipped: cfn-lint (see the line above)" && exit 0
  exit 1
}
# W3005: the CDK writes a function's role into DependsOn although GetAtt says the same.
"$venv/bin/cfn-lint" --ignore-checks W3005 --template dist/lint-options/*.template.json
echo "findings of cfn-lint: 0 ($SECONDS s)"
