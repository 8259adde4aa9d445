import type { EnvironmentSettings } from './environment.ts';

/** The environment's own issuer: short-lived tokens for development, signed with the generated secret. */
const ownIssuer = (name: string) => ({
  issuer: `https://auth.${name}.gatehouse.example/`,
  algorithms: ['HS256' as const],
  keys: 'internal' as const,
  typ: ['JWT', 'at+jwt', null],
  audience: [`https://api.${name}.gatehouse.example/`],
  clockToleranceSeconds: 5,
});

/** An identity provider's access tokens (RFC 9068). */
const identityProvider = (name: string) => ({
  issuer: `https://login.${name}.gatehouse.example/`,
  algorithms: ['RS256' as const, 'ES256' as const],
  keys: { jwksUri: `https://login.${name}.gatehouse.example/.well-known/jwks.json` },
  typ: ['at+jwt'],
  audience: [`https://api.${name}.gatehouse.example/`],
  clockToleranceSeconds: 30,
});

const stream = {
  batchSize: 10,
  batchWindowSeconds: 0,
  retries: 10_000,
  maxAgeSeconds: 21_600,
  parallelBatches: 2,
};

/** Everything that a person may want to try, beside each other, and nothing that costs while it is idle. */
const dev: EnvironmentSettings = {
  region: 'eu-central-1',
  removal: 'destroy',
  fronts: ['http', 'rest'],
  logLevel: 'DEBUG',
  logRetentionDays: 7,
  tracing: true,
  sourceMaps: false,
  functions: {
    usersApi: { memoryMb: 512, timeoutSeconds: 10 },
    authorizer: { memoryMb: 512, timeoutSeconds: 5 },
    webhookReceiver: { memoryMb: 256, timeoutSeconds: 10 },
    webhookProcessor: { memoryMb: 256, timeoutSeconds: 60 },
  },
  authorizer: {
    kind: 'token',
    ttlSeconds: 300,
    simpleResponses: false,
    maxTokenBytes: 7168,
    issuers: [ownIssuer('dev')],
  },
  cors: { origins: ['http://localhost:5173'], credentials: false, maxAgeSeconds: 600 },
  throttle: { ratePerSecond: 100, burst: 200 },
  requestValidation: false,
  webhook: {
    providers: {
      standard: { scheme: 'standard-webhooks', secretEncoding: 'whsec', toleranceSeconds: 300 },
    },
    giveUpSeconds: 3600,
    stream,
  },
};

/** An HTTP API, delivered as production is, so that a rollout is tried before it matters. */
const staging: EnvironmentSettings = {
  ...dev,
  fronts: ['http'],
  logLevel: 'INFO',
  logRetentionDays: 30,
  authorizer: { ...dev.authorizer, issuers: [identityProvider('staging')] },
  cors: { origins: ['https://app.staging.gatehouse.example'], credentials: false, maxAgeSeconds: 3600 },
  canary: 'all-at-once',
  observability: {
    dashboard: true,
    alarms: { emails: [], latencyP99Ms: 2000, serverErrors: 10, iteratorAgeSeconds: 600 },
  },
  delivery: { repository: 'gatehouse-example/gatehouse' },
};

/** A REST API with a firewall; webhooks arrive by CloudFront. */
const prod: EnvironmentSettings = {
  ...staging,
  removal: 'retain',
  fronts: ['rest'],
  logRetentionDays: 365,
  functions: {
    usersApi: { memoryMb: 1024, timeoutSeconds: 10, provisionedConcurrency: 2 },
    authorizer: { memoryMb: 1024, timeoutSeconds: 5 },
    webhookReceiver: { memoryMb: 512, timeoutSeconds: 10 },
    webhookProcessor: { memoryMb: 512, timeoutSeconds: 60 },
  },
  canary: 'canary-10-percent-5-minutes',
  authorizer: { ...dev.authorizer, issuers: [identityProvider('prod')] },
  cors: { origins: ['https://app.gatehouse.example'], credentials: false, maxAgeSeconds: 86_400 },
  throttle: { ratePerSecond: 1000, burst: 2000 },
  requestValidation: true,
  compressionMinBytes: 1024,
  waf: { requestsPerFiveMinutes: 3000 },
  domains: {
    rest: {
      name: 'api.gatehouse.example',
      basePath: 'v1',
      certificateParameter: '/gatehouse/prod/certificates/api',
      hostedZone: { name: 'gatehouse.example', idParameter: '/gatehouse/prod/hosted-zone-id' },
    },
  },
  edge: {
    webhook: {
      firewall: { requestsPerFiveMinutes: 10_000 },
      domain: {
        name: 'hooks.gatehouse.example',
        certificateParameter: '/gatehouse/prod/certificates/hooks',
        hostedZone: { name: 'gatehouse.example', idParameter: '/gatehouse/prod/hosted-zone-id' },
      },
    },
  },
  observability: {
    dashboard: true,
    alarms: {
      emails: ['oncall@gatehouse.example'],
      latencyP99Ms: 1000,
      serverErrors: 20,
      iteratorAgeSeconds: 300,
    },
  },
};

/**
 * The environments, one entry each: examples to edit. Nothing here names an account, which is the one whose credentials
 * deploy; what belongs to an account (a certificate, a network) is named by the SSM parameter that holds it.
 * docs/deployment.md explains every word.
 */
export const environments: Readonly<Record<'dev' | 'staging' | 'prod', EnvironmentSettings>> = {
  dev,
  staging,
  prod,
};
