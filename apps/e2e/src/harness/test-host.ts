import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type HostState, distFile } from './local-host.ts';

interface TestHost {
  readonly stateFile: string;
  readonly state: HostState;
  readonly webhookSecret: string;
}

/** The host that global-setup started. */
export const testHost = (): TestHost => JSON.parse(process.env['E2E_HOST']!) as TestHost;

/** URL of the API of a kind, without a slash at its end. */
export function apiUrl(kind: 'http' | 'rest'): string {
  const api = testHost().state.apis.find((candidate) => candidate.kind === kind);
  if (api === undefined) throw new Error(`no ${kind} API runs`);
  return api.url.replace(/\/$/, '');
}

/** URL of the webhook receiver, without a slash at its end. */
export function receiverUrl(): string {
  const url = testHost().state.functionUrls.find(({ authType }) => authType === 'NONE');
  if (url === undefined) throw new Error('no public function URL runs');
  return url.url.replace(/\/$/, '');
}

/** A token that the running authorizer accepts, minted as `npm run token` does; default: of the shared host. */
export async function mintToken(
  sub: string,
  scope: string,
  stateFile = testHost().stateFile,
): Promise<string> {
  const args = [distFile('tools/workspace/token.cjs'), '--state', stateFile, '--sub', sub, '--scope', scope];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return stdout.trim();
}

export interface CallOptions {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body; text that is no JSON as it is, and undefined for none. */
  readonly json: unknown;
}

/** One request, such as `call(url + '/users', 'POST', {token, json})`. */
export async function call(url: string, method = 'GET', options: CallOptions = {}): Promise<Answer> {
  const { token, json, headers } = options;
  const response = await fetch(url, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === '' ? undefined : parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A name that no other test uses. */
export const unique = (prefix: string): string => `${prefix}-${crypto.randomUUID()}`;
