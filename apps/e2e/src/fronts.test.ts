import { readFileSync } from 'node:fs';
import path from 'node:path';
import { copyAssemblyWith } from './harness/broken-assembly.ts';
import { member } from './harness/json-members.ts';
import { type LocalHost, startLocalHost } from './harness/local-host.ts';
import { type Answer, apiUrl, call, mintToken, unique } from './harness/test-host.ts';

/**
 * docs/fronts.md says what a front answers by itself. Each row of its table is asked here, on both fronts, or listed as
 * one that the local host cannot show.
 */
const table = readTable('## What a front answers by itself');

const notHere: Readonly<Record<string, string>> = {
  'too many requests': 'the local host does not simulate throttling, and says so when it starts',
  'a malformed body, `requestValidation`': 'dev does not set it; the gateway’s own tests hold it',
};

type Kind = 'http' | 'rest';

const asked: Readonly<Record<string, (kind: Kind) => Promise<Answer>>> = {
  'unknown path': (kind) => call(`${apiUrl(kind)}/nowhere`),
  'known path, unknown method': (kind) => call(`${apiUrl(kind)}/hello`, 'DELETE'),
  'no token': (kind) => call(`${apiUrl(kind)}/users`),
  'a token that does not verify': (kind) => call(`${apiUrl(kind)}/users`, 'GET', { token: 'e30.e30.AAAA' }),
  'a token without any of the scopes (`anyScope`)': async (kind) =>
    call(`${apiUrl(kind)}/users/me`, 'GET', { token: await mintToken(unique('stranger'), 'reports:read') }),
  preflight: (kind) =>
    call(`${apiUrl(kind)}/users`, 'OPTIONS', {
      headers: { origin: 'http://localhost:5173', 'access-control-request-method': 'POST' },
    }),
  'keys cannot be had': (kind) => call(`${urlOf(broken, kind)}/users`, 'GET', { token: 'e30.e30.AAAA' }),
  'the function crashes': (kind) => call(`${urlOf(broken, kind)}/hello?name=crash`),
  'the function takes too long': (kind) => call(`${urlOf(broken, kind)}/hello?name=hang`),
};

let broken: LocalHost;

beforeAll(async () => {
  const assembly = await copyAssemblyWith([
    {
      whereBundleHas: /USERS_TABLE/,
      source: `exports.handler = async (event) => {
        if (JSON.stringify(event).includes('"name":"hang"')) await new Promise((resolve) => setTimeout(resolve, 60_000));
        throw new Error('boom');
      };`,
    },
    {
      whereBundleHas: /REQUEST_AUTH_CONFIG/,
      source: `exports.token = exports.request = async () => { throw new Error('no key to verify with'); };`,
    },
  ]);
  broken = await startLocalHost(['--assembly', assembly]);
}, 60_000);
afterAll(() => broken.stop());

describe('what a front answers by itself (docs/fronts.md)', () => {
  it('is asked row by row, or listed as not shown here', () => {
    expect([...Object.keys(asked), ...Object.keys(notHere)].sort()).toEqual(Object.keys(table).sort());
  });

  describe.each(['http', 'rest'] as const)('%s', (kind) => {
    it.each(Object.keys(asked))(
      '%s',
      async (row) => {
        const [http, rest] = table[row]!;
        expect(differenceFrom(kind === 'http' ? http! : rest!, await asked[row]!(kind))).toBeUndefined();
      },
      60_000,
    );
  });
});

describe('where the handler answers', () => {
  it.each([
    { name: 'a greeting', path: '/hello?name=Ada', scope: undefined },
    { name: 'a name that has to be encoded', path: '/hello?name=%C3%A9%20%2F', scope: undefined },
    { name: 'a parameter that is not allowed', path: '/users?limit=-1', scope: 'users:admin' },
    { name: 'a missing scope', path: '/users', scope: 'users:read' },
    {
      name: 'a user that is not there',
      path: '/users/00000000-0000-4000-8000-000000000000',
      scope: 'users:read',
    },
    { name: 'an id that is none', path: '/users/%20', scope: 'users:read' },
  ])('both fronts give the same answer: $name', async ({ path: target, scope }) => {
    const token = scope === undefined ? {} : { token: await mintToken(unique('mover'), scope) };
    const [http, rest] = await Promise.all(
      (['http', 'rest'] as const).map((kind) => call(`${apiUrl(kind)}${target}`, 'GET', token)),
    );
    expect(comparable(rest!)).toEqual(comparable(http!));
  });
});

/** An answer without what names this one request or the front. */
function comparable({ status, headers, json }: Answer): unknown {
  const { requestId: _, instance: __, ...body } = json as Record<string, unknown>;
  const kept = ['content-type', 'cache-control', 'etag', 'vary'].map((name) => [name, headers.get(name)]);
  // A REST API renames this header of an integration (docs/fronts.md).
  const challenge = headers.get('www-authenticate') ?? headers.get('x-amzn-remapped-www-authenticate');
  return { status, body, challenge, headers: Object.fromEntries(kept) };
}

function urlOf(host: LocalHost, kind: Kind): string {
  return host.state.apis.find((api) => api.kind === kind)!.url.replace(/\/$/, '');
}

/** The first table below a heading: cells by the text of the first column, without the header. */
function readTable(heading: string): Readonly<Record<string, readonly string[]>> {
  const text = readFileSync(path.resolve(__dirname, '../../../docs/fronts.md'), 'utf8');
  const below = text.slice(text.indexOf(heading));
  const rows = below.slice(below.indexOf('\n|')).split('\n\n')[0]!.trim().split('\n').slice(2);
  return Object.fromEntries(
    rows.map((row) => {
      const [first = '', ...cells] = row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [first, cells];
    }),
  );
}

/**
 * What an answer has that its cell of the table has not; undefined when they agree. A cell is a status, then a JSON body in
 * backticks, or `problem` and the codes it may have.
 */
function differenceFrom(cell: string, { status, json }: Answer): string | undefined {
  const expectedStatus = Number(/^\d{3}/.exec(cell)?.[0]);
  const quoted = [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
  const isProblem = /^\d{3} problem/.test(cell);
  const bodies = isProblem ? quoted.filter((text) => /^[A-Z_]+$/.test(text)) : quoted;
  const actual = isProblem ? member(json, 'code') : typeof json === 'string' ? json : JSON.stringify(json);
  const agrees = status === expectedStatus && (bodies.length === 0 || bodies.some((body) => body === actual));
  return agrees ? undefined : `the table says ${cell}, the front ${status} ${JSON.stringify(json)}`;
}
