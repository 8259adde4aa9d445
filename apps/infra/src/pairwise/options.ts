/** The values of one option, by name: what each changes in the table's entry (a JSON merge patch). The first is the default. */
export type Option = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const zone = { name: 'gatehouse.example', idParameter: '/gatehouse/hosted-zone-id' };
const domain = (host: string) => ({
  name: `${host}.gatehouse.example`,
  certificateParameter: `/gatehouse/certificates/${host}`,
});
const firewall = { requestsPerFiveMinutes: 1000 };
const backend = { name: 'reports', path: '/reports/{proxy+}', url: 'https://reports.example/{proxy}' };
const plans = [
  {
    name: 'partners',
    throttle: { ratePerSecond: 10, burst: 20 },
    quota: { requests: 100_000, per: 'MONTH' },
    clients: ['acme', 'globex'],
  },
  { name: 'free', throttle: { ratePerSecond: 1, burst: 1 }, clients: ['anyone'] },
];
const ownIssuer = {
  issuer: 'https://auth.gatehouse.example/',
  algorithms: ['HS256'],
  keys: 'internal',
  typ: ['JWT', null],
  audience: ['users'],
  clockToleranceSeconds: 5,
};
const identityProvider = {
  issuer: 'https://login.gatehouse.example/',
  algorithms: ['RS256', 'ES256'],
  keys: { jwksUri: 'https://login.gatehouse.example/keys' },
  typ: ['at+jwt'],
  audience: ['users'],
  scopeClaim: 'scp',
  clockToleranceSeconds: 5,
};
const partner = {
  issuer: 'partner',
  algorithms: ['HS512'],
  keys: { secretName: 'gatehouse/partner-key', kid: 'partner-1' },
  audience: ['users'],
};
const introspection = {
  issuer: 'https://opaque.gatehouse.example/',
  endpoint: 'https://opaque.gatehouse.example/introspect',
  clientId: 'gatehouse',
  audience: ['users'],
  audienceClaim: 'aud',
  scopeClaim: 'scope',
  clockToleranceSeconds: 5,
  cacheSeconds: 60,
};
const hook = { scheme: 'standard-webhooks', secretEncoding: 'whsec', toleranceSeconds: 300 };
const key = { id: 'acme', sha256: 'a'.repeat(64), scopes: ['users:read'] };
const alarms = { latencyP99Ms: 1000, serverErrors: 10, iteratorAgeSeconds: 300 };
const functions = (change: Readonly<Record<string, number>>, ...names: readonly string[]) => ({
  functions: Object.fromEntries(names.map((name) => [name, change])),
});

/**
 * Every word of environments.ts that changes what is made, with a value for each way in which it does. A word whose value is a
 * number or a text alone is no option: any value of it makes the same resources. An option that depends on another, such as
 * a plan by the authorizer, is left to find it: synth refuses the pairs that cannot be.
 *
 * @param scopedOperations ids of the operations that ask for scopes.
 */
export function environmentOptions(scopedOperations: readonly string[]) {
  return {
    fronts: {
      rest: { fronts: ['rest'] },
      http: { fronts: ['http'] },
      url: { fronts: ['url'] },
      'http and rest': { fronts: ['http', 'rest'] },
      'http and url': { fronts: ['http', 'url'] },
      'rest and url': { fronts: ['rest', 'url'] },
      'all three': { fronts: ['http', 'rest', 'url'] },
    },
    region: { elsewhere: {}, 'us-east-1': { region: 'us-east-1' } },
    removal: { destroy: {}, retain: { removal: 'retain' } },
    logLevel: {
      debug: {},
      info: { logLevel: 'INFO' },
      warn: { logLevel: 'WARN' },
      error: { logLevel: 'ERROR' },
    },
    tracing: { on: {}, off: { tracing: false } },
    sourceMaps: { off: {}, on: { sourceMaps: true } },
    'reserved concurrency': {
      off: {},
      on: functions(
        { reservedConcurrency: 5 },
        'usersApi',
        'authorizer',
        'webhookReceiver',
        'webhookProcessor',
      ),
    },
    'provisioned users-api': { off: {}, on: functions({ provisionedConcurrency: 1 }, 'usersApi') },
    'provisioned others': {
      off: {},
      on: functions({ provisionedConcurrency: 1 }, 'authorizer', 'webhookReceiver', 'webhookProcessor'),
    },
    canary: {
      off: {},
      'a tenth, 5 minutes': { canary: 'canary-10-percent-5-minutes' },
      'a tenth, 15 minutes': { canary: 'canary-10-percent-15-minutes' },
      linear: { canary: 'linear-10-percent-every-1-minute' },
      'at once': { canary: 'all-at-once' },
    },
    callers: {
      token: {},
      'address and token': {
        authorizer: {
          kind: 'request',
          request: { allowedAddresses: ['10.0.0.0/8'] },
        },
      },
      'address and key': {
        authorizer: {
          kind: 'request',
          identitySources: ['header.x-tenant', 'query.channel', 'stageVariable.environment'],
          request: {
            allowedAddresses: ['10.0.0.0/8', '2001:db8::/32'],
            apiKeys: [key],
            apiKeyHeader: 'x-partner-key',
          },
        },
      },
    },
    'authorizer cache': { on: {}, off: { authorizer: { ttlSeconds: 0 } } },
    'simple responses': { off: {}, on: { authorizer: { simpleResponses: true } } },
    'any scope': {
      'of the contract': {},
      named: { authorizer: { anyScope: ['users:read', 'users:write'] } },
      'not asked': { authorizer: { anyScope: [] } },
    },
    issuers: {
      own: { authorizer: { issuers: [ownIssuer] } },
      'of a provider': { authorizer: { issuers: [identityProvider] } },
      'of a partner': { authorizer: { issuers: [partner] } },
      all: { authorizer: { issuers: [ownIssuer, identityProvider, partner] } },
    },
    'revoked tokens': { none: {}, some: { authorizer: { revokedTokenIds: ['jti-1'] } } },
    introspection: { off: {}, on: { authorizer: { introspection } } },
    cors: {
      'one origin': {},
      several: { cors: { origins: ['https://a.example', 'https://b.example'], credentials: true } },
      any: { cors: { origins: ['*'] } },
      pattern: { cors: { origins: ['https://*.gatehouse.example'], credentials: true } },
    },
    'IAM routes': {
      none: {},
      one: { iamRoutes: scopedOperations.slice(0, 1) },
      all: { iamRoutes: scopedOperations },
    },
    'request validation': { off: {}, on: { requestValidation: true } },
    compression: { off: {}, on: { compressionMinBytes: 1024 } },
    'binary types': { none: {}, some: { binaryMediaTypes: ['image/png', '*/*'] } },
    cache: { off: {}, on: { cache: { sizeGb: 0.5 } } },
    'usage plans': {
      off: {},
      'by header': { usagePlans: { keySource: 'header', plans } },
      'by authorizer': { usagePlans: { keySource: 'authorizer', plans } },
    },
    WAF: { off: {}, on: { waf: firewall } },
    'private endpoint': {
      off: {},
      on: {
        privateEndpoint: {
          vpcIdParameter: '/network/vpc-id',
          subnetIdsParameter: '/network/subnet-ids',
          allowedCidrs: ['10.0.0.0/16', '192.168.0.0/24'],
        },
      },
    },
    'HTTP API domain': {
      off: {},
      'at its root': { domains: { http: domain('api') } },
      'below a path, with a record': {
        domains: { http: { ...domain('api'), basePath: 'v1/users', hostedZone: zone } },
      },
    },
    'REST API domain': {
      off: {},
      'at its root': { domains: { rest: domain('rest') } },
      'below a path, with a record': {
        domains: { rest: { ...domain('rest'), basePath: 'v1/users', hostedZone: zone } },
      },
    },
    backends: {
      none: {},
      public: { backends: [{ ...backend, methods: ['GET', 'POST'], access: 'public', timeoutMs: 5000 }] },
      authorized: { backends: [{ ...backend, methods: ['GET'], access: 'authorized', timeoutMs: 29_000 }] },
    },
    webhooks: {
      'one provider': {},
      'all schemes': {
        webhook: {
          providers: {
            code: { ...hook, scheme: 'github', secretEncoding: 'utf8' },
            money: { ...hook, scheme: 'stripe', secretEncoding: 'hex' },
            talk: { ...hook, scheme: 'slack', secretEncoding: 'base64' },
          },
          stream: { batchWindowSeconds: 5 },
        },
      },
    },
    'edge of the webhook': {
      off: {},
      on: { edge: { webhook: { firewall } } },
      'with a domain': {
        edge: { webhook: { firewall, domain: { ...domain('hooks'), hostedZone: zone } } },
      },
    },
    'edge of the internal URL': {
      off: {},
      on: { edge: { internal: { firewall, allowedCidrs: ['203.0.113.0/24'] } } },
      'with a domain': {
        edge: {
          internal: {
            firewall,
            allowedCidrs: ['203.0.113.0/24'],
            domain: { ...domain('internal'), hostedZone: zone },
          },
        },
      },
    },
    observability: {
      off: {},
      'with a dashboard': { observability: { dashboard: true, alarms: { ...alarms, emails: [] } } },
      'with people': {
        observability: { dashboard: false, alarms: { ...alarms, emails: ['oncall@gatehouse.example'] } },
      },
    },
    delivery: { off: {}, on: { delivery: { repository: 'gatehouse-example/gatehouse' } } },
  } as const satisfies Readonly<Record<string, Option>>;
}
