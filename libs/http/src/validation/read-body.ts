import type { BodyDefinition } from '../contract/operation.ts';
import { badRequest } from '../problem/bad-request.ts';
import type { CatalogueProblem } from '../problem/catalogue.ts';
import { HttpProblem } from '../problem/http-problem.ts';
import type { HttpRequest } from '../request/http-request.ts';
import { checkJson } from './check-json.ts';

export interface BodyLimits {
  readonly bodyBytes: number;
  readonly jsonDepth: number;
}

const JSON_TYPE = 'application/json';
const JSON_ALONE: readonly string[] = [JSON_TYPE];

/**
 * Compiles how an operation's body is read: parsed JSON, text or bytes by media type; `undefined` when there is none and
 * none is needed. The reader throws problems: 413 before anything is decoded, 415, 400.
 */
export function createBodyReader(
  definition: Omit<BodyDefinition, 'schema'>,
  limits: BodyLimits,
): (request: HttpRequest) => unknown {
  const { required = true, maxBytes = limits.bodyBytes, contentTypes = JSON_ALONE } = definition;
  return (request) => {
    const { bodyBytes } = request;
    if (bodyBytes > maxBytes) {
      throw new HttpProblem({
        status: 413,
        title: 'Content Too Large',
        code: 'HTTP_BODY_TOO_LARGE',
        detail: `The body is over ${maxBytes} bytes.`,
      } satisfies CatalogueProblem);
    }
    if (bodyBytes === 0) {
      if (required) throw badRequest('HTTP_BODY_REQUIRED', 'A body is required.');
      return undefined;
    }
    const mediaType = acceptedMediaType(request, contentTypes);
    if (mediaType === JSON_TYPE || mediaType.endsWith('json')) {
      return parseJson(request.text(), limits.jsonDepth);
    }
    return mediaType.startsWith('text/') ? request.text() : request.body;
  };
}

/** `accept` names what would be taken (RFC 9110 12.5.1: meaningful in a 415). */
function acceptedMediaType(request: HttpRequest, contentTypes: readonly string[]): string {
  const contentType = request.header('content-type') ?? '';
  if (contentTypes.includes(contentType)) return contentType;
  const mediaType = contentType.replace(/;.*/s, '').trim().toLowerCase();
  const charset = /;\s*charset="?([^";\s]*)/i.exec(contentType)?.[1] ?? 'utf-8';
  const isUtf8 = /^(?:utf-?8|us-ascii)$/i.test(charset);
  if (contentTypes.includes(mediaType) && isUtf8) return mediaType;
  throw new HttpProblem({
    status: 415,
    title: 'Unsupported Media Type',
    code: 'HTTP_CONTENT_TYPE_UNSUPPORTED',
    detail: `Send the body as ${contentTypes.join(' or ')}${isUtf8 ? '' : ' in UTF-8'}.`,
    headers: { accept: contentTypes.join(', ') },
  } satisfies CatalogueProblem);
}

function parseJson(text: string, maxDepth: number): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw badRequest('HTTP_BODY_NOT_JSON', 'The body is not JSON.', { cause });
  }
  checkJson(value, maxDepth);
  return value;
}
