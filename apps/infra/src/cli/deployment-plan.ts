import { EDGE_REGION, FIREWALL_OUTPUTS } from '../stacks/edge-firewall-stack.ts';
import type { Environment } from '../environments/environment.ts';
import { InfraError } from '../errors.ts';
import { isPart, type Part, PARTS, stackName, type StackSuffix } from '../names.ts';
import { parseOptions } from './options.ts';

export const ACTIONS = ['deploy', 'diff', 'destroy', 'bootstrap'] as const;
export type Action = (typeof ACTIONS)[number];

export interface DeploymentArguments {
  readonly action: Action;
  readonly part: Part;
  readonly env: string;
  readonly bundles: string;
  /** An assembly that was synthesised before, to be deployed as it is; else it is synthesised now. */
  readonly assembly: string | undefined;
  /** Handed to the CDK's command as they are. */
  readonly cdkArguments: readonly string[];
}

const USAGE = 'deploy|diff|destroy PART, or bootstrap';

/**
 * Reads `deploy users-api --env dev [--assembly dist/cdk.out] [cdk arguments]`. What is not known here is the CDK's:
 * `--require-approval never`, `--role-arn ...`.
 *
 * @throws InfraError `INFRA_ARGUMENT_INVALID`
 */
export function parseDeploymentArguments(args: readonly string[]): DeploymentArguments {
  const [action, ...rest] = args;
  if (!isAction(action)) refuse(args.join(' '), USAGE);
  const [name, ...options] = action === 'bootstrap' ? ['bootstrap', ...rest] : rest;
  if (name === undefined || !isPart(name))
    refuse(`${action} ${name ?? ''}`, `name one of ${PARTS.join(', ')}`);
  const { ours, theirs } = splitOptions(options);
  const { values } = parseOptions({
    args: [...ours],
    options: {
      env: { type: 'string', default: 'dev' },
      bundles: { type: 'string', default: 'dist/apps' },
      assembly: { type: 'string' },
    },
  });
  return {
    action,
    part: name,
    env: values.env,
    bundles: values.bundles,
    assembly: values.assembly,
    cdkArguments: theirs,
  };
}

const OURS = ['--env', '--bundles', '--assembly'];

function splitOptions(args: readonly string[]): { readonly ours: string[]; readonly theirs: string[] } {
  const ours: string[] = [];
  const theirs: string[] = [];
  let into = theirs;
  for (const arg of args) {
    if (arg === '--') continue;
    if (arg.startsWith('-'))
      into = OURS.some((name) => arg === name || arg.startsWith(`${name}=`)) ? ours : theirs;
    into.push(arg);
  }
  return { ours, theirs };
}

function isAction(text: string | undefined): text is Action {
  return (ACTIONS as readonly (string | undefined)[]).includes(text);
}

function refuse(at: string, message: string): never {
  throw new InfraError('INFRA_ARGUMENT_INVALID', [{ at, message }]);
}

/** One run of the CDK's command line. */
export interface Step {
  readonly arguments: readonly string[];
  /** Outputs of an earlier step that this one takes as parameters, by name. */
  readonly parameters?: { readonly stack: string; readonly from: string; readonly names: readonly string[] };
}

export interface Plan {
  readonly environment: Environment;
  readonly action: Action;
  readonly part: Part;
  readonly assembly: string;
  /** Where a step writes the outputs that the next one reads. */
  readonly outputs: string;
  readonly cdkArguments: readonly string[];
}

const STACKS: Readonly<Record<Exclude<Part, 'bootstrap' | 'edge'>, StackSuffix>> = {
  data: 'Data',
  authorizer: 'Authorizer',
  'users-api': 'UsersApi',
  webhook: 'Webhook',
  observability: 'Observability',
};

/**
 * The runs that an action takes. Every one names its stacks and is exclusive, so that no other part's stack is
 * touched; destroying goes the other way round.
 */
export function deploymentPlan(plan: Plan): readonly Step[] {
  const { action, part, environment } = plan;
  if (part === 'bootstrap') return bootstrapSteps(plan);
  if (part !== 'edge') return [cdk(plan, [stackName(environment.name, STACKS[part])])];
  const firewall = cdk(plan, [stackName(environment.name, 'EdgeFirewall')]);
  const stack = stackName(environment.name, 'Edge');
  const edge = cdk(plan, [stack]);
  if (action === 'diff') return [firewall, edge];
  if (action === 'destroy') return [edge, firewall];
  return [
    { arguments: [...firewall.arguments, '--outputs-file', plan.outputs] },
    {
      ...edge,
      parameters: {
        stack,
        from: stackName(environment.name, 'EdgeFirewall'),
        names: firewallOutputs(environment),
      },
    },
  ];
}

function firewallOutputs({ edge }: Environment): readonly string[] {
  return (['webhook', 'internal'] as const)
    .filter((which) => edge?.[which] !== undefined)
    .map((which) => FIREWALL_OUTPUTS[which]);
}

/** The CDK's own resources in each region, then what the account shares. */
function bootstrapSteps(plan: Plan): readonly Step[] {
  const { region, edge, delivery, name } = plan.environment;
  const regions = [
    ...new Set([region, ...(edge === undefined && delivery === undefined ? [] : [EDGE_REGION])]),
  ];
  const stacks = [
    'Gatehouse-Account',
    ...(delivery === undefined ? [] : ['Gatehouse-GithubOidc', stackName(name, 'Delivery')]),
  ];
  return [
    {
      arguments: [
        'bootstrap',
        ...regions.map((where) => `aws://unknown-account/${where}`),
        '--app',
        plan.assembly,
        ...plan.cdkArguments,
      ],
    },
    cdk({ ...plan, action: 'deploy' }, stacks),
  ];
}

function cdk({ action, assembly, cdkArguments }: Plan, stacks: readonly string[]): Step {
  return { arguments: [action, ...stacks, '--app', assembly, '--exclusively', ...cdkArguments] };
}

/** The arguments that carry one stack's outputs into another, `--parameters Stack:Name=value`. */
export function parameterArguments(step: Step, outputs: unknown): readonly string[] {
  if (step.parameters === undefined) return [];
  const { stack, from, names } = step.parameters;
  return names.flatMap((name) => ['--parameters', `${stack}:${name}=${outputOf(outputs, from, name)}`]);
}

function outputOf(outputs: unknown, stack: string, name: string): string {
  const ofStack = isRecord(outputs) ? outputs[stack] : undefined;
  const value = isRecord(ofStack) ? ofStack[name] : undefined;
  if (typeof value !== 'string') throw new TypeError(`The outputs have no ${name} of ${stack}`);
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
