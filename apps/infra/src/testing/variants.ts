import type { Environment } from '../environments/environment.ts';
import { environments } from '../environments/environments.ts';
import { parseEnvironment } from '../environments/parse-environment.ts';
import { devEnvironment } from './fixtures.ts';

const prod = parseEnvironment('prod', environments.prod);

/** Environments that between them have every option of the table on, by what is particular to them. */
export const variants: Readonly<Record<string, Environment>> = {
  dev: devEnvironment(),
  staging: parseEnvironment('staging', environments.staging),
  prod,
  url: devEnvironment({ fronts: ['url'] }),
  http: devEnvironment({
    fronts: ['http'],
    iamRoutes: ['listUsers'],
    authorizer: { anyScope: ['users:read', 'users:write', 'users:admin', 'reports:read'] },
    backends: [
      {
        name: 'reports',
        path: '/reports/{proxy+}',
        methods: ['GET', 'POST'],
        url: 'https://reports.gatehouse.example/{proxy}',
        access: 'authorized',
        timeoutMs: 5000,
      },
    ],
    domains: { http: { name: 'api.gatehouse.example', certificateParameter: '/gatehouse/dev/certificate' } },
  }),
  rest: devEnvironment({
    fronts: ['rest'],
    iamRoutes: ['listUsers'],
    requestValidation: true,
    cache: { sizeGb: 0.5 },
    binaryMediaTypes: ['image/png'],
    usagePlans: {
      keySource: 'header',
      plans: [
        {
          name: 'partners',
          throttle: { ratePerSecond: 10, burst: 20 },
          quota: { requests: 100_000, per: 'MONTH' },
          clients: ['acme', 'globex'],
        },
      ],
    },
    backends: [
      {
        name: 'reports',
        path: '/reports/{proxy+}',
        methods: ['GET'],
        url: 'https://reports.gatehouse.example/{proxy}',
        access: 'public',
        timeoutMs: 5000,
      },
    ],
  }),
  private: devEnvironment({
    fronts: ['rest'],
    waf: { requestsPerFiveMinutes: 1000 },
    privateEndpoint: {
      vpcIdParameter: '/network/vpc-id',
      subnetIdsParameter: '/network/private-subnet-ids',
      allowedCidrs: ['10.0.0.0/16'],
    },
    authorizer: {
      kind: 'request',
      identitySources: ['header.x-tenant'],
      request: { allowedAddresses: ['10.0.0.0/16'] },
    },
  }),
  edge: {
    ...prod,
    edge: {
      webhook: { firewall: { requestsPerFiveMinutes: 1000 } },
      internal: { firewall: { requestsPerFiveMinutes: 1000 }, allowedCidrs: ['203.0.113.0/24'] },
    },
  },
};
