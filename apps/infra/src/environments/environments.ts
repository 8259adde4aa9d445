import type { EnvironmentSettings } from './environment.ts';

/**
 * The environments, one entry each. Examples to edit: nothing here names an account; the account is the one
 * whose credentials deploy. docs/deployment.md explains every word.
 */
export const environments = {
  dev: {
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
    },
    authorizer: {
      ttlSeconds: 300,
      maxTokenBytes: 8192,
      issuers: [
        {
          issuer: 'https://auth.dev.gatehouse.example/',
          algorithms: ['HS256'],
          keys: 'internal',
          typ: ['JWT', 'at+jwt', null],
          audience: ['https://api.dev.gatehouse.example/'],
          clockToleranceSeconds: 5,
        },
      ],
    },
    cors: { origins: ['http://localhost:5173'], credentials: false, maxAgeSeconds: 600 },
    throttle: { ratePerSecond: 100, burst: 200 },
    webhook: {
      providers: {
        standard: { scheme: 'standard-webhooks', secretEncoding: 'whsec', toleranceSeconds: 300 },
      },
    },
  },
} as const satisfies Readonly<Record<string, EnvironmentSettings>>;
