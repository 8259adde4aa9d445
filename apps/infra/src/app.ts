import { App } from 'aws-cdk-lib';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import type { Operation } from './contract/operation.ts';
import type { Environment } from './environments/environment.ts';
import { type Part, PARTS } from './names.ts';
import { AuthorizerStack } from './stacks/authorizer-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import type { PartStack } from './stacks/part-stack.ts';
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
 * The CDK app of one environment: a stack for each included part. A plain Node run reads no cdk.json, so that the
 * feature flags, all those that the installed version recommends, are set here.
 *
 * @throws InfraError `INFRA_BUNDLE_MISSING` for an included part.
 */
export function createInfraApp(options: InfraAppOptions): App {
  const { environment, operations, bundles, outdir } = options;
  const included = new Set(options.parts ?? PARTS);
  const app = new App({
    postCliContext: recommendedFlags,
    analyticsReporting: false,
    treeMetadata: false,
    ...(outdir !== undefined && { outdir }),
  });
  const props = { environment, bundles };
  const create: Readonly<Record<Part, () => PartStack>> = {
    data: () => new DataStack(app, props),
    authorizer: () => new AuthorizerStack(app, props),
    'users-api': () => new UsersApiStack(app, { ...props, operations }),
    webhook: () => new WebhookStack(app, props),
  };
  // In the order of a first deployment: who reads a parameter comes after who writes it.
  const stacks = PARTS.filter((part) => included.has(part)).map((part) => create[part]());
  stacks.forEach((stack, index) => {
    const before = stacks[index - 1];
    if (before !== undefined) stack.addStackDependency(before);
  });
  return app;
}
