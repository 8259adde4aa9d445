import { Stack } from 'aws-cdk-lib';
import { CfnOIDCProvider } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { EDGE_REGION } from './edge-firewall-stack.ts';

/** Issuer of the tokens by which a workflow says which repository and environment it runs for. */
export const GITHUB_ISSUER = 'token.actions.githubusercontent.com';

/** Has the account trust GitHub's tokens; once per account, in one region whatever the environments' are. */
export class GithubOidcStack extends Stack {
  constructor(scope: Construct) {
    super(scope, 'Gatehouse-GithubOidc', {
      description: 'Gatehouse: trust in GitHub Actions, once per account',
      env: { region: EDGE_REGION },
    });
    new CfnOIDCProvider(this, 'Provider', {
      url: `https://${GITHUB_ISSUER}`,
      clientIdList: ['sts.amazonaws.com'],
    });
  }
}
