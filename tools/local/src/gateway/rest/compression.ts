import { promisify } from 'node:util';
import { deflate, gunzip, gzip, inflate } from 'node:zlib';
import type { OutgoingResponse } from '../exchange/exchange.ts';
import { type HeaderLines, headerValue } from '../exchange/header-lines.ts';
import { badRequestBody, requestTooLarge } from './refusals.ts';
import type { RestCall } from './rest-call.ts';

const ENCODERS = { gzip: promisify(gzip), deflate: promisify(deflate) } as const;
const DECODERS = { gzip: promisify(gunzip), deflate: promisify(inflate) } as const;

/** What a compressed body may grow to: the gateway's own payload limit. */
const MAX_DECOMPRESSED_BYTES = 10 * 1024 * 1024;

/**
 * Compresses a response of an API with a minimum compression size, when it is as large as that, has no Content-Encoding
 * of its own, and the request's Accept-Encoding prefers gzip or deflate by name.
 */
export async function compressResponse(
  call: RestCall,
  response: OutgoingResponse,
): Promise<OutgoingResponse> {
  const { minimumCompressionSize } = call.api;
  if (minimumCompressionSize === undefined || response.body.byteLength < minimumCompressionSize)
    return response;
  if (response.body.byteLength === 0 || response.headers.some(([name]) => /^content-encoding$/i.test(name))) {
    return response;
  }
  const encoding = preferredEncoding(headerValue(call.request.headers, 'accept-encoding'));
  if (encoding === 'identity') return response;
  return {
    ...response,
    headers: [...response.headers, ['Content-Encoding', encoding]],
    body: await ENCODERS[encoding](response.body),
  };
}

/**
 * Decompresses a request's body on an API with a minimum compression size; without one it reaches the integration as it is.
 *
 * @throws RestRefusal 400 for a body that is not what its Content-Encoding says, 413 for one that grows over 10 MB.
 */
export async function decompressRequest<Call extends RestCall>(call: Call): Promise<Call> {
  const { api, request } = call;
  const encoding = headerValue(request.headers, 'content-encoding')?.trim().toLowerCase();
  if (api.minimumCompressionSize === undefined || request.body.byteLength === 0) return call;
  if (encoding !== 'gzip' && encoding !== 'deflate') return call;
  const body = await DECODERS[encoding](request.body, { maxOutputLength: MAX_DECOMPRESSED_BYTES }).catch(
    (error: unknown) => {
      throw isTooLarge(error)
        ? requestTooLarge({ step: 'received', reason: 'the body has more than 10 MB decompressed' })
        : badRequestBody({ step: 'received', reason: `the body is no ${encoding} stream` });
    },
  );
  return { ...call, request: { ...request, headers: withoutEncoding(request.headers), body } };
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

function withoutEncoding(headers: HeaderLines): HeaderLines {
  return headers.filter(({ key }) => key !== 'content-encoding');
}

type Encoding = keyof typeof ENCODERS | 'identity';

/** The encoding of the highest weight that is named; the first named of equals. `*` names none. */
function preferredEncoding(acceptEncoding: string | undefined): Encoding {
  let best: { encoding: Encoding; weight: number } = { encoding: 'identity', weight: 0 };
  for (const part of (acceptEncoding ?? '').split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    if (name !== 'gzip' && name !== 'deflate' && name !== 'identity') continue;
    const quality = Number(parameters.find((piece) => piece.startsWith('q='))?.slice(2) ?? '1');
    if (quality > best.weight) best = { encoding: name, weight: quality };
  }
  return best.encoding;
}
