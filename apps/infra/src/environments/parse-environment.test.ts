import { InfraError } from '../errors.ts';
import { environments } from './environments.ts';
import { findEnvironment, parseEnvironment } from './parse-environment.ts';

function problemsOf(run: () => unknown): InfraError {
  try {
    run();
  } catch (error) {
    if (error instanceof InfraError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('parseEnvironment', () => {
  it.each(Object.entries(environments))('accepts the environment %s of the table', (name, settings) => {
    expect(parseEnvironment(name, settings)).toEqual({ name, ...settings });
  });

  it.each([
    ['authorizer.ttlSeconds', { authorizer: { ...environments.dev.authorizer, ttlSeconds: 3601 } }],
    ['region', { region: 'Frankfurt' }],
    ['fronts', { fronts: [] }],
    ['fronts', { fronts: ['http', 'http'] }],
    ['fronts.0', { fronts: ['soap'] }],
    ['logRetentionDays', { logRetentionDays: 8 }],
    ['cors.origins.1', { cors: { ...environments.dev.cors, origins: ['https://a.example', 'b.example/'] } }],
    ['throttle.burst', { throttle: { ratePerSecond: 10, burst: 0 } }],
    ['surprise', { surprise: true }],
    // A distribution forwards every path as it is.
    [
      'edge.webhook.domain.basePath',
      {
        edge: {
          webhook: {
            firewall: { requestsPerFiveMinutes: 1000 },
            domain: { name: 'hooks.example.com', certificateParameter: '/certificate', basePath: 'v1' },
          },
        },
      },
    ],
  ])('names %s when it is wrong', (path, change) => {
    const { code, problems } = problemsOf(() => parseEnvironment('prod', { ...environments.dev, ...change }));

    expect(code).toBe('INFRA_ENVIRONMENT_INVALID');
    expect(problems.map(({ at }) => at)).toEqual([`prod.${path}`]);
  });

  it('names every wrong field at once', () => {
    const wrong = { ...environments.dev, region: 1, tracing: 'yes' };

    const { problems, message } = problemsOf(() => parseEnvironment('dev', wrong));

    expect(problems.map(({ at }) => at)).toEqual(['dev.region', 'dev.tracing']);
    expect(message).toContain('dev.tracing: ');
  });

  it('refuses a name that cannot stand in a host name', () => {
    expect(problemsOf(() => parseEnvironment('Dev_1', environments.dev)).problems[0]?.at).toBe('Dev_1');
  });
});

describe('findEnvironment', () => {
  it('says which environments there are when asked for another', () => {
    const { code, message } = problemsOf(() => findEnvironment({ dev: {}, prod: {} }, 'live'));

    expect(code).toBe('INFRA_ENVIRONMENT_UNKNOWN');
    expect(message).toContain('live: the table has dev, prod');
  });

  it('checks the entry as it is changed', () => {
    expect(findEnvironment(environments, 'prod', { waf: null })).not.toHaveProperty('waf');
    expect(
      problemsOf(() => findEnvironment(environments, 'dev', { throttle: { burst: 0 } })).problems[0]?.at,
    ).toBe('dev.throttle.burst');
  });

  it('does not take what every object inherits for an environment', () => {
    expect(problemsOf(() => findEnvironment({ dev: {} }, 'constructor')).code).toBe(
      'INFRA_ENVIRONMENT_UNKNOWN',
    );
  });
});
