#!/usr/bin/env bash
# Takes ROLE for the job by GitHub's OIDC token and hands the credentials, which last an hour, to the job's later steps.
# No third party's action sees them.
set -euo pipefail
: "${ROLE:?the variable AWS_DEPLOY_ROLE_ARN of the GitHub environment}" "${REGION:?the variable AWS_REGION}"

token=$(curl -fsS -H "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \
  "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=sts.amazonaws.com" | node -pe 'JSON.parse(require("fs").readFileSync(0,"utf8")).value')
echo "::add-mask::$token"

read -r id secret session < <(aws sts assume-role-with-web-identity \
  --region "$REGION" \
  --role-arn "$ROLE" \
  --role-session-name "github-$GITHUB_RUN_ID" \
  --web-identity-token "$token" \
  --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)
for value in "$id" "$secret" "$session"; do echo "::add-mask::$value"; done
{
  echo "AWS_REGION=$REGION"
  echo "AWS_ACCESS_KEY_ID=$id"
  echo "AWS_SECRET_ACCESS_KEY=$secret"
  echo "AWS_SESSION_TOKEN=$session"
} >> "$GITHUB_ENV"
