import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { createInfraApp } from '../app.ts';
import { BOOTSTRAP_PART } from '../names.ts';
import { devEnvironment, fakeBundles, operations } from '../testing/fixtures.ts';

const bootstrap = (change: Parameters<typeof devEnvironment>[0] = {}) =>
  createInfraApp({
    environment: devEnvironment(change),
    operations,
    bundles: fakeBundles(),
    parts: [BOOTSTRAP_PART],
  }).node.children.filter((child) => Stack.isStack(child));
const delivered = bootstrap({ delivery: { repository: 'owner/name' } });
const templateOf = (name: string) =>
  Template.fromStack(delivered.find(({ stackName }) => stackName === name) ?? new Stack());

describe('the bootstrap part', () => {
  it.each([
    ['without delivery', bootstrap(), ['Gatehouse-Account']],
    ['with delivery', delivered, ['Gatehouse-Account', 'Gatehouse-GithubOidc', 'Gatehouse-dev-Delivery']],
  ])('%s has the stacks %#', (_with, stacks, names) => {
    expect(stacks.map(({ stackName }) => stackName)).toEqual(names);
  });

  it('gives API Gateway of the account and region the role by which it writes logs', () => {
    const account = templateOf('Gatehouse-Account');

    account.hasResourceProperties('AWS::ApiGateway::Account', {
      CloudWatchRoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ApiGatewayLogs'), 'Arn'] },
    });
    account.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [Match.objectLike({ Principal: { Service: 'apigateway.amazonaws.com' } })],
      },
    });
  });

  it('trusts GitHub’s tokens that are for AWS', () => {
    templateOf('Gatehouse-GithubOidc').hasResourceProperties('AWS::IAM::OIDCProvider', {
      Url: 'https://token.actions.githubusercontent.com',
      ClientIdList: ['sts.amazonaws.com'],
    });
  });

  describe('the deploy role', () => {
    const delivery = templateOf('Gatehouse-dev-Delivery');

    it('is taken by jobs of one repository in the GitHub environment of the same name', () => {
      delivery.hasResourceProperties('AWS::IAM::Role', {
        RoleName: 'gatehouse-dev-deploy',
        AssumeRolePolicyDocument: {
          Statement: [
            Match.objectLike({
              Action: 'sts:AssumeRoleWithWebIdentity',
              Condition: {
                StringEquals: {
                  'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
                  'token.actions.githubusercontent.com:sub': 'repo:owner/name:environment:dev',
                },
              },
            }),
          ],
        },
      });
    });

    it('may become the CDK’s roles of its regions and read the fronts’ addresses, and nothing else', () => {
      const [policy] = Object.values(delivery.findResources('AWS::IAM::Policy'));
      const statements: { Action: string; Resource: unknown[] }[] =
        policy?.['Properties'].PolicyDocument.Statement;

      expect(statements.map(({ Action }) => Action)).toEqual(['sts:AssumeRole', 'ssm:GetParameter']);
      const [roles, parameters] = statements.map(({ Resource }) =>
        Resource.map((resource) => /(?:role\/|parameter\/)[\w/-]*/.exec(JSON.stringify(resource))?.[0]),
      );
      expect(roles).toEqual(
        ['deploy', 'file-publishing', 'lookup'].flatMap(() => [
          expect.stringMatching(/^role\/cdk-hnb659fds-(deploy|file-publishing|lookup)-role-$/),
          expect.stringMatching(/^role\/cdk-hnb659fds-(deploy|file-publishing|lookup)-role-$/),
        ]),
      );
      expect(parameters).toEqual([
        'parameter/gatehouse/dev/users-api/function-url',
        'parameter/gatehouse/dev/users-api/http-api-url',
        'parameter/gatehouse/dev/users-api/rest-api-url',
      ]);
    });

    it('may read what the smoke script asks for', () => {
      const script = readFileSync(resolve(__dirname, '../../ci/smoke.sh'), 'utf8');
      const fronts = /for front in (.*); do/.exec(script)?.[1]?.split(' ');

      expect(script).toContain('name="/gatehouse/$environment/users-api/$front-url"');
      expect(fronts).toEqual(['http-api', 'rest-api', 'function']);
    });
  });
});
