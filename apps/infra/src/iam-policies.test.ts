import { createInfraApp } from './app.ts';
import { BOOTSTRAP_PART, PARTS } from './names.ts';
import { fakeBundles, operations } from './testing/fixtures.ts';
import { variants } from './testing/variants.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const listOf = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** Actions for which IAM knows no resource, and why they are needed. */
const WITHOUT_RESOURCE: Readonly<Record<string, string>> = {
  'xray:PutTraceSegments': 'a trace is no resource',
  'xray:PutTelemetryRecords': 'a trace is no resource',
  'dynamodb:ListStreams': 'asked by Lambda when it makes a mapping; lists, and reads nothing',
};

function statementsOf(resources: Readonly<Record<string, unknown>>): readonly Statement[] {
  return Object.values(resources).flatMap((resource) => {
    const { Type, Properties } = resource as {
      Type: string;
      Properties: { PolicyDocument?: { Statement: Statement | readonly Statement[] } };
    };
    if (!['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].includes(Type)) return [];
    return listOf<Statement>(Properties.PolicyDocument?.Statement ?? []);
  });
}

describe('every policy of every environment', () => {
  const bundles = fakeBundles();
  const statements = Object.values(variants).flatMap((environment) =>
    createInfraApp({ environment, operations, bundles, parts: [BOOTSTRAP_PART, ...PARTS] })
      .synth()
      .stacks.flatMap(({ template }: { template: { Resources: Record<string, unknown> } }) =>
        statementsOf(template.Resources),
      ),
  );

  it('is looked at', () => {
    expect(statements.length).toBeGreaterThan(50);
  });

  it('names each action in full', () => {
    expect(
      statements.flatMap(({ Action }) => listOf(Action)).filter((action) => action.includes('*')),
    ).toEqual([]);
  });

  it('names resources, but for actions that have none', () => {
    const open = statements
      .filter(({ Effect, Resource }) => Effect === 'Allow' && listOf(Resource).includes('*'))
      .flatMap(({ Action }) => listOf(Action));

    expect([...new Set(open)].sort()).toEqual(Object.keys(WITHOUT_RESOURCE).sort());
  });
});
