/**
 * Whether an API's binaryMediaTypes name a media type: the type itself, `type/*` or the full wildcard, which also takes
 * a request without any.
 */
export function isBinaryType(declared: readonly string[], mediaType: string | undefined): boolean {
  if (declared.includes('*/*')) return true;
  const type = mediaType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!type.includes('/')) return false;
  const family = `${type.split('/')[0] ?? ''}/*`;
  return declared.some((entry) => entry.toLowerCase() === type || entry.toLowerCase() === family);
}

/** Only the first media type of an Accept header decides. */
export function acceptsBinary(declared: readonly string[], accept: string | undefined): boolean {
  return isBinaryType(declared, accept?.split(',')[0]);
}
