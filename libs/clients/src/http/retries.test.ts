import { createHttpClient, type HttpClient, type HttpClientOptions } from './http-client.ts';
import type { HttpClientRequest } from './http-message.ts';
import { createRetryBudget } from './retry-budget.ts';
import { parseRetryAfter, pauseMs } from './retry-policy.ts';
import { TransportError, type Exchange, type RawResponse } from './transport.ts';

type Step = RawResponse | TransportError;

const answer = (status: number, headers: Record<string, string> = {}): RawResponse => ({
  status,
  headers,
  body: new Uint8Array(),
});
const lost = new TransportError('CLIENTS_CONNECTION_LOST', 'lost', { sent: true, retryable: true });
const refused = new TransportError('CLIENTS_CONNECT_FAILED', 'refused', { sent: false, retryable: true });
const stale = new TransportError('CLIENTS_CONNECTION_LOST', 'stale', {
  sent: true,
  retryable: true,
  stale: true,
});
const invalid = new TransportError('CLIENTS_RESPONSE_INVALID', 'invalid', { sent: true });

/** A client whose tries end as told; the last step repeats. */
function scripted(
  steps: Step[],
  options: HttpClientOptions = {},
): { client: HttpClient; readonly tries: Exchange[] } {
  const tries: Exchange[] = [];
  const client = createHttpClient({
    random: () => 0,
    transport: {
      send(exchange) {
        const step = steps[Math.min(tries.length, steps.length - 1)]!;
        tries.push(exchange);
        return step instanceof TransportError ? Promise.reject(step) : Promise.resolve(step);
      },
      close: () => undefined,
    },
    ...options,
  });
  return { client, tries };
}

const url = 'https://service.test/';

describe('a call is tried again', () => {
  const table: [name: string, steps: Step[], request: Partial<HttpClientRequest>, tries: number][] = [
    ['after a lost connection, when it is idempotent', [lost, answer(200)], {}, 2],
    ['never after a lost connection, when it is not', [lost, answer(200)], { method: 'POST' }, 1],
    [
      'when it has an idempotency key',
      [lost, answer(200)],
      { method: 'POST', headers: { 'Idempotency-Key': '1' } },
      2,
    ],
    ['when the caller says that it may be', [lost, answer(200)], { method: 'PATCH', idempotent: true }, 2],
    ['never when the caller says that it may not', [lost, answer(200)], { idempotent: false }, 1],
    ['whatever it is, when nothing was sent', [refused, answer(200)], { method: 'POST' }, 2],
    ['after 503, when it is idempotent', [answer(503), answer(200)], {}, 2],
    ['after 500, 502 and 504, when it is idempotent', [answer(500), answer(502), answer(200)], {}, 3],
    ['never after 500, when it is not', [answer(500), answer(200)], { method: 'POST' }, 1],
    ['never after 503 alone, when it is not', [answer(503), answer(200)], { method: 'POST' }, 1],
    [
      'after 503 with Retry-After, whatever it is',
      [answer(503, { 'retry-after': '0' }), answer(200)],
      { method: 'POST' },
      2,
    ],
    [
      'after 429 with Retry-After, whatever it is',
      [answer(429, { 'retry-after': '0' }), answer(200)],
      { method: 'POST' },
      2,
    ],
    ['never after 501', [answer(501), answer(200)], {}, 1],
    ['never after 404', [answer(404), answer(200)], {}, 1],
    ['never after what is no HTTP', [invalid, answer(200)], {}, 1],
    ['as often as the caller allows', [answer(503)], { retries: 1 }, 2],
    ['never when the caller allows none', [answer(503)], { retries: 0 }, 1],
    ['twice by default', [answer(503)], {}, 3],
    [
      'once more after a stale connection, beside the others',
      [stale, answer(503), answer(200)],
      { retries: 1 },
      3,
    ],
    ['once after stale connections', [stale], { retries: 0 }, 2],
    [
      'never after a stale connection, when it is not idempotent',
      [stale, answer(200)],
      { method: 'POST' },
      1,
    ],
    [
      'never when it would end after the deadline',
      [answer(503, { 'retry-after': '60' }), answer(200)],
      {},
      1,
    ],
  ];
  it.each(table)('%s', async (_name, steps, request, tries) => {
    const script = scripted(steps);
    await script.client.request({ url, ...request }).catch(() => undefined);
    expect(script.tries).toHaveLength(tries);
  });

  it('and gives the last answer, or the last error', async () => {
    expect(await scripted([answer(503)]).client.request({ url })).toMatchObject({ status: 503, attempts: 3 });
    await expect(scripted([lost]).client.request({ url })).rejects.toBe(lost);
  });

  it('after the time that was asked for', async () => {
    const startedMs = performance.now();
    await scripted([answer(503, { 'retry-after': '1' }), answer(200)]).client.request({ url });
    expect(performance.now() - startedMs).toBeGreaterThan(990);
  });

  it('with a signature of its own', async () => {
    const script = scripted([answer(503), answer(200)]);
    let signatures = 0;
    await script.client.request({ url, sign: () => ({ authorization: `${++signatures}` }) });
    expect(script.tries.map(({ request }) => request.headers['authorization'])).toEqual(['1', '2']);
  });
});

describe('the retry budget', () => {
  it.each([
    ['503 from all', answer(503)],
    ['lost connections', lost],
    ['refused connections', refused],
  ])('lets a service that is down see at most 1.1 times its calls: %s', async (_name, step) => {
    const script = scripted([step]);
    for (let call = 0; call < 300; call++) await script.client.request({ url }).catch(() => undefined);
    expect(script.tries.length).toBeGreaterThan(300);
    expect(script.tries.length).toBeLessThanOrEqual(330);
  });

  it('saves nothing up in good times that an outage could spend', async () => {
    const script = scripted([...Array.from({ length: 1_000 }, () => answer(200)), answer(503)]);
    for (let call = 0; call < 1_000; call++) await script.client.request({ url });
    for (let call = 0; call < 100; call++) await script.client.request({ url });
    expect(script.tries.length).toBeGreaterThan(1_100);
    expect(script.tries.length).toBeLessThanOrEqual(1_110);
  });

  it('is kept for each origin', () => {
    const budget = createRetryBudget();
    while (budget.withdraw('https://down.test'));
    expect(budget.withdraw('https://up.test')).toBe(true);
  });

  it('is earned by calls, up to a limit', () => {
    const budget = createRetryBudget();
    while (budget.withdraw('o'));
    for (let call = 0; call < 1_000; call++) budget.deposit('o');
    let withdrawn = 0;
    while (budget.withdraw('o')) withdrawn++;
    expect(withdrawn).toBe(2);
  });
});

describe('parseRetryAfter', () => {
  const nowMs = Date.parse('2026-11-22T12:00:00Z');
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Sun, 22 Nov 2026 12:00:30 GMT', 30_000],
    ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
    ['-1', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['', undefined],
    ['99999999999', undefined],
    [undefined, undefined],
  ])('reads "%s" as %s', (value, expected) => {
    expect(parseRetryAfter(value, nowMs)).toBe(expected);
  });
});

describe('pauseMs', () => {
  it('is anything up to a limit that doubles, to two seconds', () => {
    const longest = [1, 2, 3, 6, 7, 20].map((attempt) => pauseMs(attempt, undefined, () => 1));
    expect(longest).toEqual([50, 100, 200, 1_600, 2_000, 2_000]);
    expect(pauseMs(5, undefined, () => 0)).toBe(0);
  });

  it('comes after the time that was asked for', () => {
    expect(pauseMs(1, 700, () => 0)).toBe(700);
    expect(pauseMs(1, 700, () => 1)).toBe(750);
  });
});
