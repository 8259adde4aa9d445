import { devEnvironment } from '../testing/fixtures.ts';
import { refusalOf } from '../testing/refusal.ts';
import { variants } from '../testing/variants.ts';

const jwks = { jwksUri: 'https://login.example/keys' };
const issuer = { ...devEnvironment().authorizer.issuers[0]! };

describe('members that contradict each other', () => {
  it.each<[string, Parameters<typeof devEnvironment>[0]]>([
    ['authorizer.identitySources', { authorizer: { identitySources: ['header.x-key'] } }],
    ['authorizer.request', { authorizer: { kind: 'request', identitySources: ['header.x-key'] } }],
    ['authorizer.issuers.0.algorithms', { authorizer: { issuers: [{ ...issuer, keys: jwks }] } }],
    ['authorizer.issuers.0.algorithms', { authorizer: { issuers: [{ ...issuer, algorithms: ['ES256'] }] } }],
    [
      'authorizer.issuers.0.algorithms',
      { authorizer: { issuers: [{ ...issuer, algorithms: ['RS256'], keys: { secretName: 'key' } }] } },
    ],
    [
      'authorizer.issuers.1.issuer',
      { authorizer: { issuers: [issuer, { ...issuer, algorithms: ['ES256'], keys: jwks }] } },
    ],
    [
      'authorizer.issuers',
      { authorizer: { issuers: [issuer, { ...issuer, issuer: 'https://other.example/' }] } },
    ],
    ['authorizer.anyScope', { backends: variants['http']!.backends! }],
    ['usagePlans.keySource', { usagePlans: { ...variants['rest']!.usagePlans!, keySource: 'authorizer' } }],
    [
      'functions.usersApi.provisionedConcurrency',
      { functions: { usersApi: { reservedConcurrency: 1, provisionedConcurrency: 2 } } },
    ],
    ['functions.authorizer.timeoutSeconds', { functions: { authorizer: { timeoutSeconds: 31 } } }],
    [
      'edge.internal.allowedCidrs',
      { edge: { internal: { firewall: { requestsPerFiveMinutes: 10 }, allowedCidrs: ['0.0.0.0/0'] } } },
    ],
    ['webhook.stream.maxAgeSeconds', { webhook: { stream: { maxAgeSeconds: 60 } } }],
    ['webhook.stream.maxAgeSeconds', { webhook: { giveUpSeconds: 600, stream: { maxAgeSeconds: 1199 } } }],
    ['webhook.stream.retries', { webhook: { stream: { retries: 0 } } }],
    ['webhook.stream.retries', { webhook: { giveUpSeconds: 600, stream: { retries: 599 } } }],
    ['cors.credentials', { cors: { origins: ['*'], credentials: true, maxAgeSeconds: 1 } }],
    [
      'backends.0.url',
      { backends: [{ ...variants['http']!.backends![0]!, url: 'https://reports.example/{path}' }] },
    ],
  ])('are refused at %s', (field, change) => {
    const { code, problems } = refusalOf(() => devEnvironment(change));

    expect(code).toBe('INFRA_ENVIRONMENT_INVALID');
    expect(problems.map(({ at }) => at)).toEqual([`dev.${field}`]);
  });
});

it('accepts a stream that goes on for as long as the processor, and ten minutes more', () => {
  const stream = { maxAgeSeconds: 1200, retries: 600 };

  expect(devEnvironment({ webhook: { giveUpSeconds: 600, stream } }).webhook).toMatchObject({ stream });
});
