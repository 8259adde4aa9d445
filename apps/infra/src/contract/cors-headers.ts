/** Request headers that a browser may send to any operation, in lower case. */
export const CORS_ALLOWED_HEADERS = [
  'authorization',
  'content-type',
  'if-match',
  'if-none-match',
  'x-request-id',
];

/** Response headers that a browser's script may read, in lower case. */
export const CORS_EXPOSED_HEADERS = ['etag', 'location', 'retry-after', 'x-request-id'];
