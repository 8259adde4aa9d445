import fc from 'fast-check';
import { endAs } from '../testing/fake-invoker.ts';
import { functionUrl, httpApi, httpRoute, httpRouteV1, restApi } from '../testing/models.ts';
import {
  closeGateways,
  type GatewayFixture,
  startGateway,
  type StartedGateway,
} from '../testing/start-gateway.ts';

afterAll(closeGateways);

const FRONTS: readonly (readonly [string, GatewayFixture, readonly number[]])[] = [
  ['a REST API', { rest: restApi({ binaryMediaTypes: ['*/*'] }) }, [500, 502]],
  ['an HTTP API in format 1.0', { http: httpApi({ routes: [httpRouteV1('$default')] }) }, [500]],
  ['an HTTP API in format 2.0', { http: httpApi({ routes: [httpRoute('$default')] }) }, [500]],
  ['a function URL', { url: functionUrl() }, [502]],
  ['a streaming function URL', { url: functionUrl({ invokeMode: 'RESPONSE_STREAM' }) }, [502]],
];

const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.double());
const name = fc.oneof(
  fc.constantFrom(
    'Content-Type',
    'content-length',
    'Transfer-Encoding',
    'Connection',
    'Set-Cookie',
    'Date',
    '__proto__',
    'x-a',
    '',
  ),
  fc.string({ maxLength: 6 }),
);
const headers = fc.oneof(fc.dictionary(name, fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }))), scalar);

/** Results near enough to envelopes that every member is reached. */
const result = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      statusCode: fc.oneof(
        fc.integer({ min: -1, max: 700 }),
        fc.constantFrom('200', '2e2', '', ' 200', 204, 304, 101, 1e9),
        scalar,
      ),
      headers,
      multiValueHeaders: headers,
      cookies: fc.oneof(fc.array(scalar, { maxLength: 2 }), scalar),
      body: fc.oneof(scalar, fc.jsonValue()),
      isBase64Encoded: fc.oneof(fc.boolean(), scalar),
    },
    { requiredKeys: [] },
  ),
);

describe.each(FRONTS)('%s', (_name, fixture, failures) => {
  let gateway: StartedGateway;
  let payload: Uint8Array = Buffer.from('{}');
  beforeAll(async () => {
    gateway = await startGateway({
      ...fixture,
      handler: () => endAs({ kind: 'success', requestId: 'r', payload }),
    });
  });

  it('answers any JSON result by a status of its own or the function’s', async () => {
    await fc.assert(
      fc.asyncProperty(result, async (value) => {
        payload = Buffer.from(JSON.stringify(value));
        const declared = (value as { statusCode?: unknown } | null)?.statusCode;
        const { status } = await gateway.send({ path: '/test/x' });
        expect([200, Number(declared), ...failures]).toContain(status);
        expect(gateway.trace.filter(({ reason }) => reason?.includes('defect'))).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  it('answers any bytes that are no JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 30 }), async (bytes) => {
        payload = bytes;
        const { status } = await gateway.send({ path: '/test/x' });
        expect([200, ...failures]).toContain(status);
        expect(gateway.trace.filter(({ reason }) => reason?.includes('defect'))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
