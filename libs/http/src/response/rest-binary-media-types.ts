import type { HttpRequest } from '../request/http-request.ts';

/** Whether a REST API decodes a base64 result for this request; `restBinaryMediaTypes` makes one. */
export type RestDecodesBase64 = (request: Pick<HttpRequest, 'header'>) => boolean;

/**
 * For a REST API with these binary media types (`image/png`, `application/*`, `*` + `/*`): it looks up the first media type of Accept
 * alone; the response's Content-Type does not count.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html
 */
export function restBinaryMediaTypes(mediaTypes: readonly string[]): RestDecodesBase64 {
  const takesAll = mediaTypes.includes('*/*');
  return (request) => {
    const first = /^\s*([^,;\s]+)/.exec(request.header('accept') ?? '')?.[1]?.toLowerCase();
    if (takesAll || first === undefined) return takesAll;
    return mediaTypes.some((entry) =>
      entry.endsWith('/*') ? first.startsWith(entry.slice(0, -1)) : entry === first,
    );
  };
}
