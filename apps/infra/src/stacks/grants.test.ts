import type { Environment } from '../environments/environment.ts';
import { type AwsCall, callsOfCode } from '../testing/calls-of-code.ts';
import { devEnvironment, synthesise } from '../testing/fixtures.ts';
import { type GrantedFunction, grantedFunction } from '../testing/granted.ts';
import { variants } from '../testing/variants.ts';

/** Where each function's code begins. */
const FUNCTIONS = [
  { stack: 'UsersApi', handler: () => 'main.handler', entry: 'apps/users-api/src/main.ts' },
  {
    stack: 'Authorizer',
    handler: ({ authorizer }: Environment) => `main.${authorizer.kind}`,
    entry: 'apps/authorizer/src/main.ts',
  },
  { stack: 'Webhook', handler: () => 'receiver.handler', entry: 'apps/webhook/src/receiver.ts' },
  { stack: 'Webhook', handler: () => 'processor.handler', entry: 'apps/webhook/src/processor.ts' },
] as const;

const environments: Readonly<Record<string, Environment>> = {
  ...variants,
  'keys of a provider alone': devEnvironment({
    fronts: ['url'],
    tracing: false,
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
  }),
  'a secret shared with an issuer': devEnvironment({
    fronts: ['http', 'url'],
    authorizer: {
      issuers: [
        {
          issuer: 'partner',
          algorithms: ['HS256'],
          keys: { secretName: 'gatehouse/partner-key' },
          audience: ['https://api.gatehouse.example/'],
        },
      ],
    },
  }),
  'opaque tokens': devEnvironment({
    fronts: ['http', 'url'],
    authorizer: {
      introspection: {
        issuer: 'https://opaque.gatehouse.example/',
        endpoint: 'https://opaque.gatehouse.example/introspect',
        clientId: 'gatehouse',
        clockToleranceSeconds: 5,
        cacheSeconds: 60,
      },
    },
  }),
  'several webhooks': devEnvironment({
    functions: { webhookProcessor: { provisionedConcurrency: 1 } },
    webhook: {
      providers: { code: { scheme: 'github', secretEncoding: 'utf8', toleranceSeconds: 300 } },
    },
  }),
};

const arn = (service: string, region: string, resource: string) =>
  `arn:aws:${service}:${region}:{AWS::AccountId}:${resource}`;

/** What a call needs to be granted, on what the function's variables name. */
function needOf(
  { action, index }: AwsCall,
  { variables }: GrantedFunction,
  region: string,
): readonly string[] {
  const [service] = action.split(':');
  switch (service) {
    case 'dynamodb': {
      const table = variables['USERS_TABLE'] ?? variables['DELIVERIES_TABLE'] ?? 'no table';
      const path = index === undefined ? '' : `/index/${index}`;
      return [`${action} on ${arn('dynamodb', region, `table/${table}${path}`)}`];
    }
    case 'secretsmanager':
      return secretsIn(variables).map((secret) =>
        // A name is not an ARN: the six characters at its end are Secrets Manager's.
        secret.startsWith('{')
          ? `${action} on ${secret}`
          : `${action} on ${arn('secretsmanager', region, `secret:${secret}-??????`)}`,
      );
    case 'lambda':
      return [`${action} on ${(variables['USERS_API_URL'] ?? '').replace('internal-url', 'function-arn')}`];
    default:
      throw new TypeError(`${action} needs to be granted on what?`);
  }
}

/** Every secret that the variables name: the function reads no other, and none where there is none. */
function secretsIn(variables: Readonly<Record<string, string>>): readonly string[] {
  const texts = Object.values(variables).join('\n');
  const named = [...texts.matchAll(/"secret(?:Arn|Id)":"([^"]+)"/g)].map(([, secret]) => secret ?? '');
  return [...new Set([...named, ...[variables['ORIGIN_SECRET_ID'] ?? []].flat()])];
}

describe('the role of every function in every environment', () => {
  const calls = new Map<string, readonly AwsCall[]>();
  beforeAll(() => {
    for (const { entry } of FUNCTIONS) calls.set(entry, callsOfCode(entry));
  }, 120_000);

  it.each(FUNCTIONS.map(({ entry }) => entry))('is of code that calls AWS: %s', (entry) => {
    expect(calls.get(entry)?.length).toBeGreaterThan(0);
  });

  it.each(
    FUNCTIONS.flatMap((fn) =>
      Object.entries(environments).map(([name, environment]) => ({ ...fn, name, environment })),
    ),
  )(
    'allows what $entry calls in $name and what Lambda does for it, on these resources, and nothing else',
    ({ stack, handler, entry, environment }) => {
      const template = synthesise(stack, { environment }).toJSON() as Parameters<typeof grantedFunction>[0];
      const fn = grantedFunction(template, handler(environment));
      const needed = (calls.get(entry) ?? []).flatMap((call) => needOf(call, fn, environment.region));

      expect([...fn.grants].sort()).toEqual([...new Set([...needed, ...fn.platform])].sort());
    },
  );
});
