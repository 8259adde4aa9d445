import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { type BuiltFunction, startBuiltFunction } from './harness/built-function.ts';
import { httpEvent } from './harness/events.ts';
import { distFile } from './harness/local-host.ts';

const issuer = {
  issuer: 'https://internal.example/',
  algorithms: ['HS256'],
  secretArn: 'k',
  audience: ['api'],
};
const authorizerEvent = {
  version: '2.0',
  type: 'REQUEST',
  routeArn: 'arn:aws:execute-api:eu-central-1:123456789012:a1b2c3/$default/GET/users',
  identitySource: ['Bearer garbled'],
  routeKey: 'GET /users',
  rawPath: '/users',
  rawQueryString: '',
  headers: { authorization: 'Bearer garbled' },
  requestContext: { requestId: 'front-1', http: { method: 'GET', path: '/users', sourceIp: '203.0.113.7' } },
};

interface Built {
  readonly bundle: string;
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly event: unknown;
}

const functions: readonly Built[] = [
  {
    bundle: 'users-api/main.cjs',
    name: 'handler',
    variables: { USERS_TABLE: 'users' },
    event: httpEvent('GET', '/hello'),
  },
  {
    bundle: 'authorizer/main.cjs',
    name: 'token',
    variables: { AUTH_CONFIG: JSON.stringify({ issuers: [issuer] }) },
    event: authorizerEvent,
  },
  {
    bundle: 'webhook/receiver.cjs',
    name: 'handler',
    variables: {
      DELIVERIES_TABLE: 'deliveries',
      WEBHOOK_PROVIDERS: JSON.stringify({
        standard: { scheme: 'standard-webhooks', secretId: 's', secretEncoding: 'whsec' },
      }),
    },
    event: httpEvent('POST', '/webhooks/nobody', { body: '{}' }),
  },
  {
    bundle: 'webhook/processor.cjs',
    name: 'handler',
    variables: { DELIVERIES_TABLE: 'deliveries', USERS_API_URL: 'http://127.0.0.1:9/' },
    event: { Records: [] },
  },
];

describe.each(functions)('the built $bundle', ({ bundle, name, variables, event }) => {
  let built: BuiltFunction;
  beforeEach(async () => {
    built = await startBuiltFunction(bundle, name, variables);
  });
  afterEach(() => built.stop());

  it('loads no X-Ray code until X-Ray samples an invocation, and has none in its bundle', async () => {
    for (let invocation = 0; invocation < 3; invocation++) {
      const { files, error } = await built.invoke(event);
      expect(files).not.toContain('tracer.cjs');
      // A garbled token is answered by `Unauthorized`.
      expect(error ?? 'none').toMatch(/^(none|Error: Unauthorized)$/);
    }
    expect((await built.invoke(event, { sampled: true })).files).toContain('tracer.cjs');
    // What the X-Ray SDK reads, so it stands in whatever bundle holds it.
    expect(await readFile(distFile(`apps/${bundle}`), 'utf8')).not.toContain('AWS_XRAY_CONTEXT_MISSING');
    const tracer = distFile(`apps/${bundle.replace(/[^/]*$/, 'tracer.cjs')}`);
    expect(await readFile(tracer, 'utf8')).toContain('AWS_XRAY_CONTEXT_MISSING');
  });

  it('has written its lines when it answers, each a JSON of its own, and writes nothing afterwards', async () => {
    for (let invocation = 0; invocation < 2; invocation++) await built.invoke(event);
    await wait(50);
    const written = built.output();
    const lines = written.trimEnd().split('\n');
    const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(parsed.filter((line) => line['message'] === 'access')).toHaveLength(2);
    expect(parsed.filter((line) => line['_aws'] !== undefined)).toHaveLength(2);
    await wait(300);
    expect(built.output()).toBe(written);
  });

  it('is left with nothing that runs on', async () => {
    const { resources } = await built.invoke(event);
    expect(resources).toEqual([]);
  });
});
