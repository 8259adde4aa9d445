import { Stack } from 'aws-cdk-lib';
import { createInfraApp } from '../app.ts';
import { BOOTSTRAP_PART, PARTS } from '../names.ts';
import { devEnvironment, fakeBundles, operations } from '../testing/fixtures.ts';
import { variants } from '../testing/variants.ts';

/** Types whose loss is a loss of data, of keys, or of what was logged. */
const KEPT = [
  'AWS::DynamoDB::Table',
  'AWS::SecretsManager::Secret',
  'AWS::Logs::LogGroup',
  'AWS::SQS::Queue',
];

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly DeletionPolicy?: string }>>;
}

/** Every stack that there is, and the environment's own signing key. */
const appOf = (removal: 'destroy' | 'retain') =>
  createInfraApp({
    environment: { ...variants['edge']!, authorizer: devEnvironment().authorizer, removal },
    operations,
    bundles: fakeBundles(),
    parts: [BOOTSTRAP_PART, ...PARTS],
  });

describe.each([
  ['destroy', 'Delete', false],
  ['retain', 'Retain', true],
] as const)('with removal %s', (removal, policy, isProtected) => {
  const app = appOf(removal);
  const stacks = app.node.children.filter((child) => Stack.isStack(child));

  it(`tables, secrets, logs and queues are given ${policy}`, () => {
    const policies = app.synth().stacks.flatMap(({ template }: { template: Template }) =>
      Object.values(template.Resources)
        .filter(({ Type }) => KEPT.includes(Type))
        .map(({ Type, DeletionPolicy }) => `${Type} ${DeletionPolicy ?? 'unset'}`),
    );

    expect([...new Set(policies)].sort()).toEqual(KEPT.map((type) => `${type} ${policy}`).sort());
  });

  it(`the environment’s stacks are protected against termination: ${isProtected}`, () => {
    const own = stacks.filter(({ stackName }) => stackName.startsWith('Gatehouse-prod-'));

    expect(own).toHaveLength(8);
    expect(own.every(({ terminationProtection }) => terminationProtection === isProtected)).toBe(true);
  });
});
