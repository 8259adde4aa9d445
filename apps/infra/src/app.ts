import { App, type Stack } from 'aws-cdk-lib';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import type { Operation } from './contract/operation.ts';
import type { Environment } from './environments/environment.ts';
import { assertServable } from './fronts/assert-servable.ts';
import { BOOTSTRAP_PART, type Part, PARTS } from './names.ts';
import { AccountStack } from './stacks/account-stack.ts';
import { AuthorizerStack } from './stacks/authorizer-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { DeliveryStack } from './stacks/delivery-stack.ts';
import { EdgeFirewallStack } from './stacks/edge-firewall-stack.ts';
import { EdgeStack } from './stacks/edge-stack.ts';
import { GithubOidcStack } from './stacks/github-oidc-stack.ts';
import { ObservabilityStack } from './stacks/observability-stack.ts';
import type { PartStackProps } from './stacks/part-stack.ts';
import { UsersApiStack } from './stacks/users-api-stack.ts';
import { WebhookStack } from './stacks/webhook-stack.ts';

export interface InfraAppOptions {
  readonly environment: Environment;
  readonly operations: readonly Operation[];
  /** What to include; a part that is left out is not looked at, so that its missing bundle stops nobody. Default: all. */
  readonly parts?: readonly Part[];
  /** Where the apps' build outputs are: `dist/apps`. */
  readonly bundles: string;
  /** Where the cloud assembly is written. Default: a temporary folder. */
  readonly outdir?: string;
}

/**
 * The CDK app of one environment: the stacks of each included part.
 *
 * @throws InfraError `INFRA_ENVIRONMENT_INVALID` for an IAM route that the contract does not have;
 *   `INFRA_FRONT_CANNOT` and `INFRA_CACHE_UNSAFE` for what the environment asks of its fronts; `INFRA_BUNDLE_MISSING` and `INFRA_BUNDLE_BROKEN` for an included part.
 */
export function createInfraApp(options: InfraAppOptions): App {
  const { environment, operations, bundles, outdir } = options;
  assertServable(environment, operations);
  const included = new Set<Part>(options.parts ?? PARTS);
  const app = createApp(outdir);
  const props = { environment, bundles };
  const create: Readonly<Record<Part, () => readonly Stack[]>> = {
    bootstrap: () => bootstrapStacks(app, props),
    data: () => [new DataStack(app, props)],
    authorizer: () => [new AuthorizerStack(app, { ...props, operations })],
    'users-api': () => [new UsersApiStack(app, { ...props, operations })],
    webhook: () => [new WebhookStack(app, props)],
    edge: () =>
      environment.edge === undefined ? [] : [new EdgeFirewallStack(app, props), new EdgeStack(app, props)],
    observability: () =>
      environment.observability === undefined ? [] : [new ObservabilityStack(app, props)],
  };
  // In the order of a first deployment: who reads a parameter comes after who writes it.
  const order: readonly Part[] = [BOOTSTRAP_PART, ...PARTS];
  const stacks = order.filter((part) => included.has(part)).flatMap((part) => create[part]());
  stacks.forEach((stack, index) => {
    const before = stacks[index - 1];
    if (before !== undefined) stack.addStackDependency(before);
  });
  return app;
}

function bootstrapStacks(app: App, props: PartStackProps): readonly Stack[] {
  const { region, delivery } = props.environment;
  const account = new AccountStack(app, { env: { region } });
  if (delivery === undefined) return [account];
  return [account, new GithubOidcStack(app), new DeliveryStack(app, { ...props, ...delivery })];
}

/** A plain Node run reads no cdk.json: the feature flags, all that the installed version recommends, are set here. */
export function createApp(outdir?: string): App {
  return new App({
    postCliContext: recommendedFlags,
    analyticsReporting: false,
    treeMetadata: false,
    ...(outdir !== undefined && { outdir }),
  });
}
