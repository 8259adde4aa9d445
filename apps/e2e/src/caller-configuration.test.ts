import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startBuiltFunction } from './harness/built-function.ts';
import { distFile } from './harness/local-host.ts';

/**
 * infra checks what an environment says of its callers, and the functions check what infra makes of it, each by a schema of its own, since
 * neither imports the other. What one lets through the other must take.
 */
const jwksUri = 'https://id.example/.well-known/jwks.json';
const issuers = [
  { issuer: 'https://own.example/', algorithms: ['HS256'], keys: 'internal', audience: ['api'] },
  {
    issuer: 'https://every-member.example/',
    algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'],
    keys: { jwksUri },
    typ: ['at+jwt', 'application/at+jwt', null],
    audience: ['api', 'https://api.example/'],
    audienceClaim: 'client_id',
    tokenUse: 'access',
    scopeClaim: 'scp',
    clockToleranceSeconds: 300,
    maxLifetimeSeconds: 31_536_000,
  },
  { issuer: 'no-url', algorithms: ['EdDSA', 'Ed25519'], keys: { jwksUri }, audience: ['api'] },
  {
    issuer: 'partner',
    algorithms: ['HS384', 'HS512'],
    keys: { secretName: 'gatehouse/dev/partner-key', kid: 'partner-1' },
    audience: ['api'],
  },
];
const introspection = { issuer: 'opaque', endpoint: 'https://id.example/introspect', clientId: 'gatehouse' };
const everyMember = {
  issuers,
  maxTokenBytes: 10_240,
  anyScope: ['users:read', "odd!#$%&'()*+,-./:;<=>?@[]^_`{|}~"],
  revokedTokenIds: ['jti-1', 'urn:uuid:2'],
};
const allowedAddresses = ['203.0.113.0/24', '198.51.100.7', '2001:db8::/32', '::1', '::ffff:192.0.2.0/120'];
const apiKeys = [{ id: 'acme.1', sha256: 'a'.repeat(64), scopes: ['users:read'] }];

const changes: readonly (readonly [name: string, kind: 'token' | 'request', change: object])[] = [
  ['as dev has it', 'token', {}],
  ['with every member', 'token', { ...everyMember, introspection, simpleResponses: true }],
  [
    'with every member of introspection, and without what may be empty',
    'token',
    {
      anyScope: [],
      revokedTokenIds: [],
      introspection: {
        ...introspection,
        audience: ['api'],
        audienceClaim: 'aud',
        scopeClaim: 'scope',
        clockToleranceSeconds: 0,
        cacheSeconds: 3600,
      },
    },
  ],
  ['by address and token', 'request', { ...everyMember, introspection, request: { allowedAddresses } }],
  [
    'by address and key',
    'request',
    { request: { allowedAddresses, apiKeys, apiKeyHeader: 'x-partner-key' } },
  ],
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'gatehouse-callers-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the authorizer takes what infra makes of callers', () => {
  it.each(changes)('%s', async (name, kind, change) => {
    const variables = synthesise(path.join(folder, name.replaceAll(' ', '-')), { kind, ...change });
    const authorizer = await startBuiltFunction('authorizer/main.cjs', kind, variables);
    const answer = await authorizer.invoke({
      version: '2.0',
      type: 'REQUEST',
      routeArn: 'arn:aws:execute-api:eu-central-1:123456789012:a1b2c3/$default/GET/users',
      headers: { authorization: 'Bearer a.b.c', 'x-partner-key': 'wrong' },
      requestContext: { http: { method: 'GET', path: '/users', sourceIp: '198.51.100.7' } },
    });
    await authorizer.stop();

    expect(answer.error).toBe('Error: Unauthorized');
  });
});

interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>
  >;
}

/** The authorizer's own variables in dev's template, with its authorizer changed. */
function synthesise(out: string, authorizer: object): Readonly<Record<string, string>> {
  const change = JSON.stringify({ authorizer });
  execFileSync(
    process.execPath,
    [distFile('apps/infra/main.cjs'), '--apps', 'authorizer', '--out', out, '--change', change],
    {
      cwd: path.dirname(distFile('.')),
      env: { PATH: process.env['PATH'], CDK_VALIDATION: 'false' },
      stdio: 'pipe',
    },
  );
  const file = path.join(out, 'Gatehouse-dev-Authorizer.template.json');
  const { Resources } = JSON.parse(readFileSync(file, 'utf8')) as Template;
  const found = Object.values(Resources).find(({ Type }) => Type === 'AWS::Lambda::Function')?.Properties;
  const { Variables } = found?.['Environment'] as { readonly Variables: Readonly<Record<string, unknown>> };
  const names = ['AUTH_CONFIG', 'REQUEST_AUTH_CONFIG'].filter((name) => name in Variables);
  return Object.fromEntries(names.map((name) => [name, textOf(Variables[name])]));
}

/** A value as it is once deployed, whatever a reference then stands for. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join } = value as { readonly 'Fn::Join'?: readonly [string, readonly unknown[]] };
  return join === undefined ? 'reference' : join[1].map(textOf).join(join[0]);
}
