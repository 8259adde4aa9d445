import { createInfraApp } from '../app.ts';
import { operationsOf } from '../contract/operation.ts';
import type { Environment } from '../environments/environment.ts';
import { contract, devEnvironment, fakeBundles, operations } from '../testing/fixtures.ts';
import { refusalOf } from '../testing/refusal.ts';
import { variants } from '../testing/variants.ts';

const domain = { name: 'api.example.com', certificateParameter: '/certificate' };
const plans = {
  keySource: 'header' as const,
  plans: [{ name: 'free', throttle: { ratePerSecond: 1, burst: 1 }, clients: ['acme'] }],
};
const backends = [{ ...variants['http']!.backends![0]!, access: 'public' as const }];

const refused: readonly [string, Parameters<typeof devEnvironment>[0], string, RegExp][] = [
  [
    'a firewall on an HTTP API',
    { fronts: ['http'], waf: { requestsPerFiveMinutes: 100 } },
    'waf',
    /a REST API has/,
  ],
  [
    'a firewall on one of two fronts',
    { waf: { requestsPerFiveMinutes: 100 } },
    'waf',
    /an HTTP API does not have/,
  ],
  ['usage plans on an HTTP API', { fronts: ['http'], usagePlans: plans }, 'usagePlans', /a REST API has/],
  ['a cache on an HTTP API', { fronts: ['http'], cache: { sizeGb: 0.5 } }, 'cache', /a REST API has/],
  [
    'a private HTTP API',
    { fronts: ['http'], privateEndpoint: variants['private']!.privateEndpoint! },
    'privateEndpoint',
    /a REST API has/,
  ],
  [
    'validation by an HTTP API',
    { fronts: ['http'], requestValidation: true },
    'requestValidation',
    /a REST API has/,
  ],
  [
    'compression by an HTTP API',
    { fronts: ['http'], compressionMinBytes: 1 },
    'compressionMinBytes',
    /users-api/,
  ],
  [
    'binary types on an HTTP API',
    { fronts: ['http'], binaryMediaTypes: ['*/*'] },
    'binaryMediaTypes',
    /REST/,
  ],
  ['backends behind a function URL', { fronts: ['url'], backends }, 'backends', /HTTP API or a REST API has/],
  [
    'IAM routes on a function URL',
    { fronts: ['url'], iamRoutes: ['listUsers'] },
    'iamRoutes',
    /internal function URL/,
  ],
  [
    'IAM routes beside a public function URL, which would be a way around',
    { fronts: ['rest', 'url'], iamRoutes: ['listUsers'] },
    'iamRoutes',
    /a function URL does not have/,
  ],
  [
    'a domain of a front that is not there',
    { fronts: ['rest'], domains: { http: domain } },
    'domains.http',
    /fronts/,
  ],
  [
    'two base paths for one function',
    { domains: { http: { ...domain, basePath: 'v1' }, rest: { ...domain, basePath: 'v2' } } },
    'domains',
    /same/,
  ],
  [
    'an origin pattern on an HTTP API',
    { cors: { origins: ['https://*.example.com'], credentials: false, maxAgeSeconds: 1 } },
    'cors.origins.0',
    /a REST API or a function URL has/,
  ],
  [
    'simple responses on a REST API',
    { fronts: ['rest'], authorizer: { simpleResponses: true } },
    'authorizer.simpleResponses',
    /an HTTP API has/,
  ],
  [
    'a public URL alone whose function is kept warm behind another alias',
    { fronts: ['url'], functions: { usersApi: { provisionedConcurrency: 1 } } },
    'functions.usersApi.provisionedConcurrency',
    /keeps warm/,
  ],
  ['a canary of the public URL', { fronts: ['url'], canary: 'all-at-once' }, 'canary', /alias/],
];

describe('a front that cannot', () => {
  const bundles = fakeBundles();
  const synth = (environment: Environment) =>
    createInfraApp({ environment, operations, bundles, parts: ['users-api'] });

  it.each(refused)('refuses %s, naming the field and the way out', (_what, change, field, message) => {
    const refusal = refusalOf(() => synth(devEnvironment(change)));

    expect(refusal.code).toBe('INFRA_FRONT_CANNOT');
    expect(refusal.problems.map(({ at }) => at)).toEqual([`dev.${field}`]);
    expect(refusal.message).toMatch(message);
  });

  it('refuses origins of one operation on an HTTP API, naming the operation', () => {
    const own = operationsOf({
      ...contract,
      hello: { ...contract.hello, cors: { origins: ['https://x.example'] } },
    });

    const { problems } = refusalOf(() =>
      createInfraApp({ environment: devEnvironment(), operations: own, bundles, parts: ['users-api'] }),
    );

    expect(problems.map(({ at }) => at)).toEqual(['hello']);
  });

  it.each([
    ['putInternalUser', /is internal/],
    ['hello', /is public/],
    ['listUser', /no operation of the contract/],
  ])('refuses %s as an IAM route, naming its place in the list', (id, message) => {
    const refusal = refusalOf(() => synth(devEnvironment({ iamRoutes: ['listUsers', id] })));

    expect(refusal.code).toBe('INFRA_ENVIRONMENT_INVALID');
    expect(refusal.problems.map(({ at }) => at)).toEqual(['dev.iamRoutes.1']);
    expect(refusal.message).toMatch(message);
  });

  it.each(Object.entries(variants))('serves the environment %s', (_name, environment) => {
    expect(() => synth(environment)).not.toThrow();
  });
});
