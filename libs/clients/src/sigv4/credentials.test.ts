import type { AwsEnvironment } from '../config.ts';
import { readAwsEnvironment } from '../config.ts';
import { serviceUrl } from '../aws/service-url.ts';
import { lambdaCredentials } from './credentials.ts';

const empty: AwsEnvironment = readAwsEnvironment({});
const container = { ...empty, credentialsUrl: 'http://169.254.170.2/creds', credentialsToken: 'bearer' };

/** An endpoint that gives keys for `lifeMs`, and counts. */
function endpoint(clock: () => number, lifeMs = 3_600_000) {
  const state = { calls: 0, down: false, headers: undefined as unknown };
  return {
    state,
    http: {
      json: async (request: { headers?: unknown }, parse?: (value: unknown) => unknown) => {
        state.calls++;
        state.headers = request.headers;
        await Promise.resolve();
        if (state.down) throw new Error('down');
        return parse?.({
          AccessKeyId: `A${state.calls}`,
          SecretAccessKey: 's',
          Token: 't',
          Expiration: new Date(clock() + lifeMs).toISOString(),
        });
      },
    } as never,
  };
}

describe('lambdaCredentials', () => {
  it('gives the keys of the environment as they are now', async () => {
    let key = 'A1';
    const environment = (): AwsEnvironment => ({
      ...empty,
      credentials: { accessKeyId: key, secretAccessKey: 's' },
    });
    const credentials = lambdaCredentials({ http: undefined as never, environment });
    expect((await credentials()).accessKeyId).toBe('A1');
    key = 'A2';
    expect((await credentials()).accessKeyId).toBe('A2');
  });

  it('asks the container once, for all callers, until five minutes before the end', async () => {
    let nowMs = 1_000_000;
    const { http, state } = endpoint(() => nowMs);
    const credentials = lambdaCredentials({ http, environment: () => container, clock: () => nowMs });
    const [first] = await Promise.all([credentials(), credentials(), credentials()]);
    expect(first).toMatchObject({ accessKeyId: 'A1', sessionToken: 't' });
    expect(state).toMatchObject({ calls: 1, headers: { authorization: 'bearer' } });
    nowMs += 3_600_000 - 300_001;
    await credentials();
    expect(state.calls).toBe(1);
    nowMs += 2;
    expect((await credentials()).accessKeyId).toBe('A2');
  });

  it('uses keys that are still valid while the container cannot be asked, and none that are not', async () => {
    let nowMs = 1_000_000;
    const { http, state } = endpoint(() => nowMs);
    const credentials = lambdaCredentials({ http, environment: () => container, clock: () => nowMs });
    await credentials();
    state.down = true;
    nowMs += 3_600_000 - 1_000;
    expect((await credentials()).accessKeyId).toBe('A1');
    nowMs += 1_000;
    await expect(credentials()).rejects.toMatchObject({ code: 'CLIENTS_CREDENTIALS_MISSING' });
  });

  it('throws when there is neither', async () => {
    const credentials = lambdaCredentials({ http: undefined as never, environment: () => empty });
    await expect(credentials()).rejects.toMatchObject({ code: 'CLIENTS_CREDENTIALS_MISSING' });
  });
});

describe('serviceUrl', () => {
  it.each([
    ['the region', {}, 'eu-west-1', 'https://dynamodb.eu-west-1.amazonaws.com'],
    ['the partition', {}, 'cn-north-1', 'https://dynamodb.cn-north-1.amazonaws.com.cn'],
    ['FIPS', { AWS_USE_FIPS_ENDPOINT: 'true' }, 'us-east-1', 'https://dynamodb-fips.us-east-1.amazonaws.com'],
    ['one endpoint for all', { AWS_ENDPOINT_URL: 'http://localhost:1' }, 'eu-west-1', 'http://localhost:1'],
    [
      'its own endpoint before that',
      { AWS_ENDPOINT_URL: 'http://localhost:1', AWS_ENDPOINT_URL_DYNAMODB: 'http://localhost:2' },
      'eu-west-1',
      'http://localhost:2',
    ],
    [
      'that they are to be ignored',
      { AWS_ENDPOINT_URL: 'http://localhost:1', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
      'eu-west-1',
      'https://dynamodb.eu-west-1.amazonaws.com',
    ],
  ])('follows %s', (_name, env, region, expected) => {
    expect(serviceUrl('dynamodb', region, readAwsEnvironment(env))).toBe(expected);
  });
});
