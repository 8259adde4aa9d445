import { badRequest } from '../problem/bad-request.ts';
import { pointerToken } from './json-pointer.ts';

/**
 * Throws a problem for parsed JSON that is nested deeper than `maxDepth` (400, HTTP_BODY_TOO_DEEP), or that has a key
 * `__proto__` anywhere (400, HTTP_BODY_KEY_FORBIDDEN): whoever copies such a value by assignment changes a prototype.
 */
export function checkJson(value: unknown, maxDepth: number, pointer = ''): void {
  if (typeof value !== 'object' || value === null) return;
  if (maxDepth <= 0) {
    throw badRequest('HTTP_BODY_TOO_DEEP', 'The body is nested too deeply.', {
      errors: [{ in: 'body', pointer, detail: 'Nested too deeply.' }],
    });
  }
  for (const key in value) {
    if (key === '__proto__') {
      throw badRequest('HTTP_BODY_KEY_FORBIDDEN', 'The body has a key that is not allowed: __proto__.', {
        errors: [{ in: 'body', pointer: pointer + pointerToken(key), detail: 'This key is not allowed.' }],
      });
    }
    const child = (value as Readonly<Record<string, unknown>>)[key];
    if (typeof child === 'object' && child !== null)
      checkJson(child, maxDepth - 1, pointer + pointerToken(key));
  }
}
