import { Agent as HttpAgent, request as requestByHttp, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestByHttps } from 'node:https';
import { type OutgoingResponse, type ResponseHeader } from '../exchange/exchange.ts';
import { toHeaderLines } from '../exchange/header-lines.ts';
import type { GatewayRuntime } from '../gateway-runtime.ts';

/** What a backend may answer: the gateway's own payload limit. */
const MAX_RESPONSE_BYTES = 10 * 1024 * 1024;

const AGENTS = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };

export interface ForwardedRequest {
  /** Absolute, http or https. */
  readonly url: URL;
  readonly method: string;
  /** Without Host, Content-Length and Connection: they are made here. */
  readonly headers: readonly ResponseHeader[];
  readonly body: Uint8Array;
  readonly timeoutMs: number;
}

export type ForwardOutcome =
  | { readonly kind: 'response'; readonly response: OutgoingResponse }
  | { readonly kind: 'gateway-timeout' }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Sends a request to an HTTP backend over connections that are kept alive, and reads its answer whole. Never rejects. */
export function forwardRequest(
  runtime: GatewayRuntime,
  forwarded: ForwardedRequest,
): Promise<ForwardOutcome> {
  const { url, method, headers, body, timeoutMs } = forwarded;
  const isTls = url.protocol === 'https:';
  const lines = [['Host', url.host] as const, ...headers];
  if (body.byteLength > 0) lines.push(['Content-Length', String(body.byteLength)]);
  return new Promise((resolve) => {
    const outgoing = (isTls ? requestByHttps : requestByHttp)(url, {
      method,
      agent: AGENTS[isTls ? 'https:' : 'http:'],
      headers: lines.flat(),
      setHost: false,
    });
    const cancel = runtime.timers.schedule(() => {
      resolve({ kind: 'gateway-timeout' });
      outgoing.destroy();
    }, timeoutMs);
    const end = (outcome: ForwardOutcome): void => {
      cancel();
      resolve(outcome);
    };
    outgoing.on('response', (message) => {
      readAnswer(message).then(
        (response) => end({ kind: 'response', response }),
        (error: unknown) => {
          outgoing.destroy();
          end({ kind: 'unreachable', reason: String(error) });
        },
      );
    });
    outgoing.on('error', (error) => end({ kind: 'unreachable', reason: error.message }));
    outgoing.end(body);
  });
}

async function readAnswer(message: IncomingMessage): Promise<OutgoingResponse> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_RESPONSE_BYTES) throw new Error('the backend answered with more than 10 MB');
    chunks.push(chunk);
  }
  const headers = toHeaderLines(message.rawHeaders).map(({ name, value }) => [name, value] as const);
  return { status: message.statusCode ?? 502, headers, body: Buffer.concat(chunks) };
}

/** @returns undefined for anything but an absolute http or https URL. */
export function parseBackendUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}

/** Fills `{name}` of a URI with encoded path parameters, and `${stageVariables.name}`. What is not known stays empty. */
export function fillUri(
  uri: string,
  parameters: Readonly<Record<string, string>>,
  stageVariables: Readonly<Record<string, string>>,
): string {
  return uri.replace(
    /\$\{stageVariables\.([\w-]+)\}|\{([\w.-]+)\+?\}/g,
    (_whole, variable?: string, name?: string) =>
      variable === undefined ? (parameters[name ?? ''] ?? '') : (stageVariables[variable] ?? ''),
  );
}
