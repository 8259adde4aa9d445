import { refusalOf } from '../testing/refusal.ts';
import { variants } from '../testing/variants.ts';
import {
  deploymentPlan,
  parameterArguments,
  parseDeploymentArguments,
  type Plan,
} from './deployment-plan.ts';

const plan = (change: Partial<Plan>): Plan => ({
  environment: variants['prod']!,
  action: 'deploy',
  part: 'users-api',
  assembly: 'out',
  outputs: 'outputs.json',
  cdkArguments: [],
  ...change,
});
const commands = (change: Partial<Plan>) =>
  deploymentPlan(plan(change)).map((step) => step.arguments.join(' '));

describe('a deployment', () => {
  it.each(['deploy', 'diff', 'destroy'] as const)(
    '%s touches the stack of its part and no other',
    (action) => {
      expect(commands({ action, cdkArguments: ['--force'] })).toEqual([
        `${action} Gatehouse-prod-UsersApi --app out --exclusively --force`,
      ]);
    },
  );

  it('carries the firewall’s ARN from its region to the distribution', () => {
    const [first, second] = deploymentPlan(plan({ part: 'edge' }));
    const outputs = { 'Gatehouse-prod-EdgeFirewall': { WebhookFirewallArn: 'arn:x' } };

    expect(first?.arguments.join(' ')).toBe(
      'deploy Gatehouse-prod-EdgeFirewall --app out --exclusively --outputs-file outputs.json',
    );
    expect(parameterArguments(second!, outputs)).toEqual([
      '--parameters',
      'Gatehouse-prod-Edge:WebhookFirewallArn=arn:x',
    ]);
    expect(() => parameterArguments(second!, {})).toThrow('WebhookFirewallArn');
  });

  it('destroys the distribution before its firewall', () => {
    expect(commands({ action: 'destroy', part: 'edge' })[0]).toContain('Gatehouse-prod-Edge ');
  });

  it('bootstraps every region that the environment uses, then what the account shares', () => {
    expect(commands({ action: 'bootstrap', part: 'bootstrap' })).toEqual([
      'bootstrap aws://unknown-account/eu-central-1 aws://unknown-account/us-east-1 --app out',
      'deploy Gatehouse-Account Gatehouse-GithubOidc Gatehouse-prod-Delivery --app out --exclusively',
    ]);
  });
});

describe('its arguments', () => {
  it('are the part, the environment, and what the CDK is to be told', () => {
    const args = ['deploy', 'webhook', '--env', 'staging', '--require-approval', 'never', '--assembly=a/b'];

    expect(parseDeploymentArguments(args)).toEqual({
      action: 'deploy',
      part: 'webhook',
      env: 'staging',
      bundles: 'dist/apps',
      assembly: 'a/b',
      cdkArguments: ['--require-approval', 'never'],
    });
  });

  it.each([[['launch']], [['deploy']], [['deploy', 'everything']]])('%j are refused', (args) => {
    expect(refusalOf(() => parseDeploymentArguments(args)).code).toBe('INFRA_ARGUMENT_INVALID');
  });
});
