import { kernelProblem } from '../problem/kernel-problems.ts';
import { pointerToken } from './json-pointer.ts';

/**
 * Throws a problem for parsed JSON that is nested deeper than `maxDepth` (400, HTTP_BODY_TOO_DEEP), or that has a key
 * `__proto__` anywhere (400, HTTP_BODY_KEY_FORBIDDEN): whoever copies such a value by assignment changes a prototype.
 */
export function checkJson(value: unknown, maxDepth: number, pointer = ''): void {
  if (typeof value !== 'object' || value === null) return;
  if (maxDepth <= 0) {
    throw kernelProblem('HTTP_BODY_TOO_DEEP', {
      errors: [{ in: 'body', pointer, detail: 'Nested too deeply.' }],
    });
  }
  for (const key of Object.keys(value)) {
    if (key === '__proto__') {
      throw kernelProblem('HTTP_BODY_KEY_FORBIDDEN', {
        errors: [{ in: 'body', pointer: pointer + pointerToken(key), detail: 'This key is not allowed.' }],
      });
    }
    const child = (value as Readonly<Record<string, unknown>>)[key];
    if (typeof child === 'object' && child !== null)
      checkJson(child, maxDepth - 1, pointer + pointerToken(key));
  }
}
