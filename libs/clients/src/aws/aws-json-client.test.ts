import { observe } from '@gatehouse/observability';
import { captureOutput, lambdaContext } from '@gatehouse/observability/testing';
import { startTestServer, type TestServer } from '../testing/index.ts';
import { createAwsJsonClient, type AwsCall, type CallAws } from './aws-json-client.ts';

const service = {
  name: 'dynamodb',
  title: 'DynamoDB',
  targetPrefix: 'DynamoDB_20120810',
  protocol: '1.0',
} as const;
const made: AwsCall = { operation: 'GetItem', input: {}, idempotent: true };

let server: TestServer;
let answerAfterMs: number;
let call: CallAws;
beforeEach(async () => {
  answerAfterMs = 0;
  server = await startTestServer((response) => {
    setTimeout(() => response.writeHead(400).end('{"__type":"ThrottlingException"}'), answerAfterMs);
  });
  call = createAwsJsonClient(service, {
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: () => Promise.resolve({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }),
    timeouts: { totalMs: 300 },
  });
});
afterEach(() => server.close());

/** What a call failed of, and how long it took. */
async function failureOf(work: Promise<unknown>): Promise<{ error: unknown; tookMs: number }> {
  const startedMs = performance.now();
  const error = await work.then(
    () => 'it did not fail',
    (thrown: unknown) => thrown,
  );
  return { error, tookMs: performance.now() - startedMs };
}

describe('a call that is tried again', () => {
  it('is made three times at most', async () => {
    expect(await failureOf(call(made))).toMatchObject({
      error: { code: 'CLIENTS_AWS_REFUSED', name: 'ThrottlingException' },
    });
    expect(server.seen).toHaveLength(3);
  });

  it('ends within the time for all its tries together', async () => {
    answerAfterMs = 200;
    const { tookMs } = await failureOf(call(made));
    expect(tookMs).toBeLessThan(300 + 100);
    expect(server.seen.length).toBeLessThanOrEqual(2);
  });

  it('ends before the invocation does', async () => {
    answerAfterMs = 60;
    const output = captureOutput();
    const handler = observe(() => failureOf(call(made)), { service: 's' });
    const { tookMs } = await handler({}, lambdaContext({ remainingMs: 120 }));
    output.restore();
    expect(tookMs).toBeLessThan(120);
  });

  it('is not tried again when its caller has gone', async () => {
    answerAfterMs = 40;
    const { error, tookMs } = await failureOf(call({ ...made, signal: AbortSignal.timeout(20) }));
    expect(error).toMatchObject({ code: 'CLIENTS_ABORTED', cause: { name: 'TimeoutError' } });
    expect(tookMs).toBeLessThan(200);
    expect(server.seen).toHaveLength(1);
  });
});
