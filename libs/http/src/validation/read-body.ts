import type { BodyDefinition, Schema } from '../contract/operation.ts';
import { badRequest } from '../problem/bad-request.ts';
import type { CatalogueProblem } from '../problem/catalogue.ts';
import { HttpProblem } from '../problem/http-problem.ts';
import type { HttpRequest } from '../request/http-request.ts';
import { checkJson } from './check-json.ts';

/** A body's rules with the defaults filled in. */
export interface BodyRules {
  readonly schema: Schema;
  readonly contentTypes: readonly string[];
  readonly refuseUnknownFields: boolean;
  readonly required: boolean;
  readonly maxBytes: number;
  readonly maxDepth: number;
}

export interface BodyLimits {
  readonly bodyBytes: number;
  readonly jsonDepth: number;
}

export function bodyRules(body: Schema | BodyDefinition, limits: BodyLimits): BodyRules {
  const definition: BodyDefinition = '~standard' in body ? { schema: body } : body;
  return {
    schema: definition.schema,
    contentTypes: definition.contentTypes ?? ['application/json'],
    refuseUnknownFields: definition.unknownFields !== 'drop',
    required: definition.required !== false,
    maxBytes: definition.maxBytes ?? limits.bodyBytes,
    maxDepth: limits.jsonDepth,
  };
}

/**
 * The body as its schema should see it: parsed JSON, text or bytes by media type; `undefined` when there is none and
 * none is needed. Throws problems: 413 before anything is decoded, 415, 400.
 */
export function readBody(request: HttpRequest, rules: BodyRules): unknown {
  const { bodyBytes } = request;
  if (bodyBytes > rules.maxBytes) {
    throw new HttpProblem({
      status: 413,
      title: 'Content Too Large',
      code: 'HTTP_BODY_TOO_LARGE',
      detail: `The body is over ${rules.maxBytes} bytes.`,
    } satisfies CatalogueProblem);
  }
  if (bodyBytes === 0) {
    if (rules.required) throw badRequest('HTTP_BODY_REQUIRED', 'A body is required.');
    return undefined;
  }
  const mediaType = acceptedMediaType(request, rules);
  if (isJson(mediaType)) return parseJson(request.text(), rules.maxDepth);
  return mediaType.startsWith('text/') ? request.text() : request.body;
}

/** `accept` names what would be taken (RFC 9110 12.5.1: meaningful in a 415). */
function acceptedMediaType(request: HttpRequest, rules: BodyRules): string {
  const contentType = request.header('content-type') ?? '';
  if (rules.contentTypes.includes(contentType)) return contentType;
  const mediaType = contentType.replace(/;.*/s, '').trim().toLowerCase();
  const charset = /;\s*charset="?([^";\s]*)/i.exec(contentType)?.[1] ?? 'utf-8';
  const isUtf8 = /^(?:utf-?8|us-ascii)$/i.test(charset);
  if (rules.contentTypes.includes(mediaType) && isUtf8) return mediaType;
  throw new HttpProblem({
    status: 415,
    title: 'Unsupported Media Type',
    code: 'HTTP_CONTENT_TYPE_UNSUPPORTED',
    detail: `Send the body as ${rules.contentTypes.join(' or ')}${isUtf8 ? '' : ' in UTF-8'}.`,
    headers: { accept: rules.contentTypes.join(', ') },
  } satisfies CatalogueProblem);
}

function isJson(mediaType: string): boolean {
  return mediaType.endsWith('/json') || mediaType.endsWith('+json');
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
