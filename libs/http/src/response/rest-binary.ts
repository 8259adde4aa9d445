/**
 * Whether a REST API decodes a base64 result for this Accept header: the first media type alone is looked up in the
 * API's binary media types; the response's Content-Type does not count.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html
 */
export function restDecodesBase64(accept: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  if (binaryMediaTypes.includes('*/*')) return true;
  const first = /^\s*([^,;\s]+)/.exec(accept ?? '')?.[1]?.toLowerCase();
  if (first === undefined) return false;
  return binaryMediaTypes.some((entry) =>
    entry.endsWith('/*') ? first.startsWith(entry.slice(0, -1)) : entry === first,
  );
}
