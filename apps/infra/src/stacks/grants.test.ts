import type { Template } from 'aws-cdk-lib/assertions';
import { devEnvironment, synthesise } from '../testing/fixtures.ts';

/** What every function is granted to write its log and its traces. */
const WRITING = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

/** What the code of each function calls: its ports to AWS, in `src/store/dynamodb`, `src/adapters` and `libs/auth`. */
const CALLS = {
  Authorizer: { Authorizer: ['secretsmanager:GetSecretValue'] },
  Webhook: {
    Receiver: ['dynamodb:PutItem', 'secretsmanager:GetSecretValue'],
    Processor: [
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
      'dynamodb:UpdateItem',
      'lambda:InvokeFunction',
      'lambda:InvokeFunctionUrl',
      'sqs:SendMessage',
    ],
  },
} as const;

function granted(template: Template, role: string): readonly string[] {
  const policies = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
    Properties.Roles.some(({ Ref }: { Ref: string }) => Ref.startsWith(`${role}Role`)),
  );
  const statements: { Action: string | string[] }[] = policies.flatMap(
    ({ Properties }) => Properties.PolicyDocument.Statement,
  );
  return [...new Set(statements.flatMap(({ Action }) => Action))].sort();
}

describe('a role', () => {
  it.each([
    ['Authorizer', 'Authorizer', CALLS.Authorizer.Authorizer],
    ['Webhook', 'Receiver', CALLS.Webhook.Receiver],
    ['Webhook', 'Processor', CALLS.Webhook.Processor],
  ] as const)('of %s has what the code of %s calls, and nothing else', (stack, role, calls) => {
    expect(granted(synthesise(stack), role)).toEqual([...WRITING, ...calls].sort());
  });

  it('reads no secret where every issuer has a key set', () => {
    const environment = devEnvironment({
      authorizer: {
        issuers: [
          {
            issuer: 'https://login.gatehouse.example/',
            algorithms: ['RS256'],
            keys: { jwksUri: 'https://login.gatehouse.example/keys' },
            typ: ['at+jwt'],
            audience: ['https://api.gatehouse.example/'],
            clockToleranceSeconds: 5,
          },
        ],
      },
    });

    expect(granted(synthesise('Authorizer', { environment }), 'Authorizer')).toEqual(WRITING);
  });
});
