import { chain } from '../../maybe-async.ts';
import type { OutgoingResponse } from '../../response/http-response.ts';
import { varyOn } from '../../response/vary-on.ts';
import { withCoding } from '../conditional/entity-tag.ts';
import type { Feature } from '../feature.ts';
import { CODINGS, negotiateCoding } from './accept-encoding.ts';
import type { Coding } from './accept-encoding.ts';
import { compressBytes, supportedCodings } from './compress-bytes.ts';

export interface CompressionOptions {
  /** Smaller bodies are left alone: a coding's overhead and base64 eat what it saves. Default 1024 bytes. */
  readonly thresholdBytes?: number;
  /** On offer, best first. Default zstd (where Node has it), br, gzip. */
  readonly codings?: readonly Coding[];
  /**
   * Behind a REST API: `front` (default) leaves it to the API's own minimum compression size; `function` compresses here, for
   * requests whose first Accept type is one of the API's binary media types.
   */
  readonly restApi?: 'front' | 'function';
}

const DEFAULT_THRESHOLD_BYTES = 1024;
/** Types that shrink. Images, video and archives are compressed as they are. */
const COMPRESSIBLE =
  /^(?:text\/|application\/(?:[\w.+-]+\+)?(?:json|xml|javascript|x-ndjson|yaml|wasm|x-www-form-urlencoded)\b|image\/svg\+xml|font\/(?:otf|ttf))/i;
const VARY = 'Accept-Encoding';

/**
 * Content coding by Accept-Encoding (RFC 9110 12.5.3). `Vary: Accept-Encoding` is on every answer that could have been coded, coded or
 * not. A strong ETag gets the coding as a suffix, which If-Match and If-None-Match know. What has a Content-Encoding, or
 * `Cache-Control: no-transform`, is left alone.
 */
export function compression(options: CompressionOptions = {}): Feature {
  const { thresholdBytes = DEFAULT_THRESHOLD_BYTES, restApi = 'front' } = options;
  const codings = supportedCodings(options.codings ?? CODINGS);

  return {
    name: 'compression',
    encode(response, exchange) {
      const { request } = exchange;
      const { status, headers, body } = response;
      if (status === 304) {
        headers['vary'] = varyOn(headers['vary'], VARY);
        return response;
      }
      if (body === undefined || body.length === 0) return response;
      if (request.front === 'rest' && (restApi === 'front' || !exchange.takesBytes)) return response;
      if (!isTransformable(response)) return response;
      const { coding, refusesIdentity } = negotiateCoding(request.header('accept-encoding'), codings);
      // A character is a byte at least: a long text needs no counting.
      const isLarge =
        body.length >= thresholdBytes ||
        (typeof body === 'string' && Buffer.byteLength(body) >= thresholdBytes);
      if (!isLarge && !refusesIdentity) return response;
      headers['vary'] = varyOn(headers['vary'], VARY);
      if (coding === undefined) return response;
      // The headers of GET (RFC 9110 9.3.2), without the work on a body that stays behind.
      if (request.method === 'HEAD') return coded(response, coding, body);
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      return chain(compressBytes(bytes, coding), response, (compressed) =>
        coded(response, coding, compressed),
      );
    },
  };
}

function isTransformable({ headers, status }: OutgoingResponse): boolean {
  if (status === 206 || 'content-encoding' in headers || 'content-range' in headers) return false;
  const contentType = headers['content-type'];
  if (typeof contentType !== 'string' || !COMPRESSIBLE.test(contentType)) return false;
  const cacheControl = headers['cache-control'];
  return cacheControl === undefined || !/(?:^|[\s,])no-transform(?:[\s,]|$)/i.test(String(cacheControl));
}

function coded(response: OutgoingResponse, coding: Coding, body: string | Uint8Array): OutgoingResponse {
  const { headers } = response;
  const etag = headers['etag'];
  headers['content-encoding'] = coding;
  if (typeof etag === 'string' && !etag.startsWith('W/')) headers['etag'] = withCoding(etag, coding);
  delete headers['content-length'];
  return { ...response, body };
}
