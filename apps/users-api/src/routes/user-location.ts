import type { HttpRequest } from '@gatehouse/http';

/**
 * `Location` of a new user (RFC 9110 10.2.2: a URI reference). Where the API may stand below a stage or a base path
 * that the function is not told, the reference is relative to `/users`, and so right wherever that is.
 */
export function userLocation({ stage, path }: HttpRequest, id: string, basePath = ''): string {
  if (stage === '$default' && basePath === '') {
    return `/users/${id}`;
  }
  return path.endsWith('/') ? `../users/${id}` : `./users/${id}`;
}
