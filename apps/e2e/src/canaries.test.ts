import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { findCanary, forgedJwt, newCanaries } from './harness/canaries.ts';
import { deliveryRows, type DeliveryRow } from './harness/deliveries-table.ts';
import { distFile } from './harness/local-host.ts';
import { startRecordedHost, type RecordedHost } from './harness/recorded-host.ts';
import { sendSigned } from './harness/sign-aws-request.ts';
import { signWith } from './harness/standard-webhook.ts';

const canaries = newCanaries();
const webhookSecret = `whsec_${randomBytes(24).toString('base64')}`;
/** A text that is written on purpose: what is searched for canaries has to show it. */
const control = `control${randomBytes(4).toString('hex')}`;

interface Request {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Requests with `canary` in every place where a client can put text. `token` is a valid one. */
function plantInUsersApi(canary: string, token: string): readonly Request[] {
  const valid = { authorization: `Bearer ${token}` };
  const encoded = encodeURIComponent(canary);
  const json = { ...valid, 'content-type': 'application/json' };
  const inHeaders = {
    'x-api-key': canary,
    'x-custom': canary,
    cookie: `session=${canary}`,
    'user-agent': canary,
    referer: `https://app.example/?x=${encoded}`,
    traceparent: canary,
    'if-match': `"${canary}"`,
    'idempotency-key': canary,
  };
  return [
    { path: '/users/me', headers: { authorization: `Bearer ${canary}` } },
    { path: '/users/me', headers: { authorization: canary } },
    { path: '/users/me', headers: { authorization: `Bearer ${forgedJwt({ kid: canary }, {})}` } },
    {
      path: '/users/me',
      headers: { authorization: `Bearer ${forgedJwt({}, { iss: canary, sub: canary, email: canary })}` },
    },
    { path: '/users/me', headers: { ...inHeaders, ...valid } },
    { path: '/users/me', headers: inHeaders },
    { path: `/users/${encoded}` },
    { path: `/users/${encoded}`, headers: valid },
    { path: `/${encoded}/${encoded}`, headers: valid },
    { path: `/users?limit=1&cursor=${encoded}&${encoded}=${encoded}`, headers: valid },
    { path: '/users', method: 'POST', headers: json, body: `{"${canary}` },
    { path: '/users', method: 'POST', headers: json, body: JSON.stringify({ [canary]: canary }) },
    { path: '/users', method: 'POST', headers: json, body: JSON.stringify({ name: 7, email: `${canary} ` }) },
    { path: '/users', method: 'POST', headers: { ...valid, 'content-type': canary }, body: canary },
  ];
}

function plantInReceiver(canary: string): readonly Request[] {
  const encoded = encodeURIComponent(canary);
  const path = '/webhooks/standard';
  const method = 'POST';
  const event = (data: object): string =>
    JSON.stringify({ type: 'user.created', timestamp: new Date().toISOString(), data });
  const signed = (body: string): Request => {
    const headers = {
      ...signWith(webhookSecret, { id: `msg-${control}-${randomBytes(6).toString('hex')}`, body }),
    };
    return { path, method, headers: { 'content-type': 'application/json', ...headers }, body };
  };
  return [
    { path: `/webhooks/${encoded}`, method, body: canary },
    { path: `/webhooks/standard/${encoded}`, method, body: canary },
    { path: `${path}?${encoded}=${encoded}`, method, body: canary },
    {
      path,
      method,
      headers: {
        'webhook-id': canary,
        'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
        'webhook-signature': `v1,${canary}`,
        'stripe-signature': `t=1,v1=${canary}`,
        'x-hub-signature-256': `sha256=${canary}`,
        authorization: `Bearer ${canary}`,
        cookie: `session=${canary}`,
        'user-agent': canary,
        'x-custom': canary,
      },
      body: JSON.stringify({ canary }),
    },
    signed(canary),
    signed(JSON.stringify({ type: canary, data: { canary } })),
    signed(event({ email: canary })),
    signed(event({ id: canary, email: canary, name: canary, locale: canary })),
  ];
}

/**
 * An answer without what a problem tells the caller of its own request: the path (`instance`, RFC 9457 section 3.1.5), and which of its values are wrong
 * and why (`errors`). So does `GET /hello?name=X`, which greets X, and a user's record; no canary is sent there.
 */
function withoutEcho(text: string): string {
  if (!text.startsWith('{')) return text;
  const { instance: _instance, errors: _errors, ...problem } = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify(problem);
}

describe('canaries planted in every input', () => {
  let host: RecordedHost;
  let rows: readonly DeliveryRow[];
  const answers: string[] = [];
  const paths = new Set<string>();
  const written = new Map<string, string>();

  const keep = async (response: Response): Promise<void> => {
    const text = withoutEcho(await response.text());
    answers.push(`${response.status} ${JSON.stringify([...response.headers])} ${text}`);
  };
  const send = async (url: string, { path, ...init }: Request): Promise<void> => {
    paths.add(path.split('?')[0]!);
    await keep(await fetch(`${url}${path}`, init));
  };
  const sendToInternalUrl = async (
    url: string,
    { path, method = 'GET', headers, body }: Request,
  ): Promise<void> => {
    paths.add(path.split('?')[0]!);
    const { authorization: _signed, ...others } = headers ?? {};
    const request = { url: `${url}${path}`, method, service: 'lambda', headers: others } as const;
    await keep(await sendSigned({ ...request, ...(body !== undefined && { body }) }, host.state));
  };
  const urlOf = (authType: string): string =>
    host.state.functionUrls.find((candidate) => candidate.authType === authType)!.url;

  async function untilWorkedOff(): Promise<readonly DeliveryRow[]> {
    const deadline = Date.now() + 20_000;
    for (;;) {
      const found = await deliveryRows(host.state);
      const isWorkedOff = found.length > 0 && found.every(({ state }) => state !== 'received');
      if (isWorkedOff || Date.now() > deadline) return found;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  beforeAll(async () => {
    host = await startRecordedHost({ 'gatehouse/dev/webhooks/standard': webhookSecret });
    const options = [
      '--state',
      host.stateFile,
      '--sub',
      canaries.email,
      '--scope',
      'users:read users:write users:admin',
    ];
    const minted = await promisify(execFile)(process.execPath, [
      distFile('tools/workspace/token.cjs'),
      ...options,
    ]);
    const token = minted.stdout.trim();
    for (const canary of Object.values(canaries)) {
      for (const request of plantInUsersApi(canary, token)) {
        for (const { url } of host.state.apis) await send(url, request);
        await sendToInternalUrl(urlOf('AWS_IAM'), request);
      }
      for (const request of plantInReceiver(canary)) await send(urlOf('NONE'), request);
    }
    for (const { url } of host.state.apis) {
      await send(url, { path: `/hello?name=${control}` });
      await send(url, { path: `/${control}` });
    }
    rows = await untilWorkedOff();
    const [, payload, signature] = token.split('.') as [string, string, string];
    Object.assign(canaries, { 'claims of a valid token': payload, 'signature of a valid token': signature });
    Object.assign(canaries, { 'webhook secret': webhookSecret.slice('whsec_'.length) });

    // The host shows the engineer at this machine which path was asked for: on the terminal, and on its page of requests.
    const withoutPaths = (text: string): string =>
      [...paths]
        .sort((a, b) => b.length - a.length)
        .reduce((rest, path) => rest.replaceAll(path, '/PATH'), text);
    written.set('answers', answers.join('\n'));
    written.set('function logs', await host.page('logs'));
    written.set('traces', await host.page('traces'));
    written.set('deliveries', JSON.stringify(rows, null, 1));
    written.set('queues', await host.page('queues'));
    written.set('requests', withoutPaths(await host.page('requests')));
    await host.stop();
    written.set('terminal', withoutPaths(host.output()));
  }, 120_000);

  it.each(['answers', 'function logs', 'traces', 'deliveries', 'terminal'])(
    'finds what is written on purpose in the %s',
    (place) => {
      expect(findCanary(written.get(place)!, control).length).toBeGreaterThan(0);
    },
  );

  it('brings deliveries to each of their ends', () => {
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['done', 'failed']));
    expect(rows.filter(({ state }) => state === 'failed').map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['WEBHOOK_EVENT_INVALID']),
    );
  });

  it.each(['answers', 'function logs', 'traces', 'deliveries', 'queues', 'requests', 'terminal'])(
    'leaves none of them in the %s',
    (place) => {
      const found = Object.entries(canaries).flatMap(([kind, canary]) =>
        findCanary(written.get(place)!, canary).map((line) => `${kind}: ${line.trim().slice(0, 500)}`),
      );
      expect(found).toEqual([]);
    },
  );
});
