import { createHttpClient, createUndiciTransport } from '@gatehouse/clients';
import { testCertificate } from '@gatehouse/clients/testing';
import http from 'node:http';
import https from 'node:https';
import { pathToFileURL } from 'node:url';

/** Gets a URL and reads the whole body; resolves to its length. */
export type Get = (url: string) => Promise<number>;

/**
 * The ways to send a request that the suite compares, in the order in which they take turns: those of a budget side by
 * side. All trust the test certificate, and check it.
 */
export const httpCandidates = [
  'new connection',
  'axios',
  'got',
  'node Agent',
  'ours',
  'fetch',
  'undici Pool',
  'ours over undici',
] as const;
export type HttpCandidate = (typeof httpCandidates)[number];

const ca = testCertificate.cert;
const maxSockets = 50;
/** What ours sends, so that both sides of a ratio send the same request. */
const sameHeaders = { 'user-agent': 'gatehouse', accept: '*/*', 'accept-encoding': 'identity' };

/** Makes a candidate; peers are resolved by `require` of their own folder. */
export async function createGet(candidate: HttpCandidate, require: NodeJS.Require): Promise<Get> {
  switch (candidate) {
    case 'new connection':
      return getOverNode(false);
    case 'node Agent':
      return getOverNode(true);
    case 'undici Pool':
      return getOverPool();
    case 'fetch':
      return getOverFetch();
    case 'axios':
      return getOverAxios(require);
    case 'got':
      return getOverGot(require);
    case 'ours':
      return getOver(createHttpClient({ ca, maxSockets }));
    case 'ours over undici':
      return getOver(createHttpClient({ transport: createUndiciTransport({ connections: maxSockets, ca }) }));
  }
}

function getOver(client: ReturnType<typeof createHttpClient>): Get {
  return async (url) =>
    (await client.request({ url, headers: { 'accept-encoding': 'identity' } })).body.byteLength;
}

function agents(): { http: http.Agent; https: https.Agent } {
  return {
    http: new http.Agent({ keepAlive: true, maxSockets }),
    https: new https.Agent({ keepAlive: true, maxSockets, ca }),
  };
}

function getOverNode(keepAlive: boolean): Get {
  const kept = agents();
  return (url) =>
    new Promise((resolve, reject) => {
      const secure = url.startsWith('https:');
      const agent = keepAlive ? (secure ? kept.https : kept.http) : false;
      const options = { agent, headers: sameHeaders, ...(secure && !keepAlive && { ca }) };
      const request = (secure ? https : http).request(url, options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(Buffer.concat(chunks).byteLength));
        response.on('error', reject);
      });
      request.on('error', reject).end();
    });
}

async function getOverPool(): Promise<Get> {
  const { Pool } = await import('undici');
  const pools = new Map<string, InstanceType<typeof Pool>>();
  return async (url) => {
    const { origin, pathname } = new URL(url);
    const pool = pools.get(origin) ?? new Pool(origin, { connections: maxSockets, connect: { ca } });
    pools.set(origin, pool);
    const { body } = await pool.request({ path: pathname, method: 'GET' });
    return (await body.arrayBuffer()).byteLength;
  };
}

function getOverFetch(): Get {
  // Node's own fetch takes certificates by NODE_EXTRA_CA_CERTS alone, which the suite sets.
  return async (url) => (await (await fetch(url)).arrayBuffer()).byteLength;
}

/** Peers are no packages of the workspace, so they are named as values. */
function load(require: NodeJS.Require, name: string): unknown {
  return require(name);
}

function resolve(require: NodeJS.Require, name: string): string {
  return require.resolve(name);
}

interface Axios {
  create(options: object): { get(url: string): Promise<{ data: Buffer }> };
}

function getOverAxios(require: NodeJS.Require): Get {
  const kept = agents();
  const axios = load(require, 'axios') as Axios;
  const client = axios.create({ responseType: 'arraybuffer', httpAgent: kept.http, httpsAgent: kept.https });
  return async (url) => (await client.get(url)).data.byteLength;
}

interface Got {
  readonly got: { extend(options: object): (url: string) => { buffer(): Promise<Buffer> } };
}

async function getOverGot(require: NodeJS.Require): Promise<Get> {
  const { got } = (await import(pathToFileURL(resolve(require, 'got')).href)) as Got;
  const client = got.extend({ agent: agents() });
  return async (url) => (await client(url).buffer()).byteLength;
}
