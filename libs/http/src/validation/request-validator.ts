import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { BodyDefinition, Operation, Schema } from '../contract/operation.ts';
import { badRequest } from '../problem/bad-request.ts';
import type { ProblemError } from '../problem/problem.ts';
import type { HttpRequest } from '../request/http-request.ts';
import { toMultiValues } from '../request/multi-values.ts';
import { issuePointer } from './json-pointer.ts';
import { createBodyReader } from './read-body.ts';
import type { BodyLimits } from './read-body.ts';
import { readParameters } from './read-parameters.ts';
import { droppedFields, MAX_ERRORS } from './unknown-fields.ts';

type Part = ProblemError['in'];

/** Schema outputs by part; a part that has no schema is absent. */
export type ValidParts = Partial<Record<Part, unknown>>;

/** What a validator reads of a request under way, and where it puts what it made of it. */
export interface Validated {
  readonly request: HttpRequest;
  readonly match: { readonly params: Readonly<Record<string, string>> };
  valid: ValidParts | undefined;
}

/** A promise where a schema is asynchronous. */
export type RequestValidator = (exchange: Validated) => Promise<void> | undefined;

interface PartCheck {
  readonly part: Part;
  readonly standard: Schema['~standard'];
  readonly refuseUnknownFields: boolean;
  /** `undefined` means that there is nothing to check. */
  read(exchange: Validated): unknown;
}

/** Characters of each message. */
const MAX_DETAIL_LENGTH = 200;

/**
 * Compiles an operation's request schemas; `undefined` for an operation that has none. Every part is checked before the
 * answer, so that a caller hears of all faults at once; a body that cannot be read is answered by itself. The
 * validator throws problems: 400 HTTP_REQUEST_INVALID with `errors`, and what the reader of the body throws.
 */
export function createRequestValidator(
  operation: Operation,
  limits: BodyLimits,
): RequestValidator | undefined {
  const checks = partChecks(operation, limits);
  if (checks.length === 0) return undefined;

  return (exchange) => {
    const valid: ValidParts = {};
    const errors: ProblemError[] = [];
    let pending: Promise<void>[] | undefined;
    for (const check of checks) {
      const input = check.read(exchange);
      if (input === undefined) continue;
      const part: CheckedPart = { check, input, valid, errors };
      const result = check.standard.validate(input);
      if (!('then' in result)) {
        takeResult(result, part);
        continue;
      }
      const late = result.then((settled) => takeResult(settled, part));
      // Where a later part cannot be read, nobody waits for this one.
      late.catch(() => undefined);
      (pending ??= []).push(late);
    }
    exchange.valid = valid;
    if (pending) return Promise.all(pending).then(() => assertNone(errors));
    assertNone(errors);
    return undefined;
  };
}

interface CheckedPart {
  readonly check: PartCheck;
  readonly input: unknown;
  readonly valid: ValidParts;
  readonly errors: ProblemError[];
}

/** Puts a schema's output where it belongs, or says what is wrong. */
function takeResult(
  result: StandardSchemaV1.Result<unknown>,
  { check, input, valid, errors }: CheckedPart,
): void {
  const { part, refuseUnknownFields } = check;
  if (result.issues) {
    for (const issue of result.issues.slice(0, MAX_ERRORS)) {
      const detail = issue.message.slice(0, MAX_DETAIL_LENGTH);
      errors.push({ in: part, pointer: issuePointer(issue), detail });
    }
    return;
  }
  valid[part] = result.value;
  if (!refuseUnknownFields) return;
  for (const pointer of droppedFields(input, result.value)) {
    errors.push({ in: part, pointer, detail: 'Unknown field.' });
  }
}

function assertNone(errors: readonly ProblemError[]): void {
  if (errors.length === 0) return;
  throw badRequest('HTTP_REQUEST_INVALID', 'The request does not fit its schema.', {
    errors: errors.slice(0, MAX_ERRORS),
  });
}

function partChecks({ request: definition = {} }: Operation, limits: BodyLimits): readonly PartCheck[] {
  const { params, query, headers, body, coerce = {} } = definition;
  const rules: BodyDefinition | undefined = body && '~standard' in body ? { schema: body } : body;
  const checks: PartCheck[] = [];
  const add = (part: Part, schema: Schema | undefined, read: PartCheck['read']): void => {
    const refuseUnknownFields = part === 'body' && rules?.unknownFields !== 'drop';
    if (schema) checks.push({ part, standard: schema['~standard'], refuseUnknownFields, read });
  };
  add('path', params, ({ match }) => readParameters(toMultiValues(match.params), coerce.params));
  add('query', query, ({ request }) => readParameters(request.query, coerce.query));
  add('headers', headers, ({ request }) => readParameters(request.headers, coerce.headers));
  if (rules) {
    const read = createBodyReader(rules, limits);
    add('body', rules.schema, ({ request }) => read(request));
  }
  return checks;
}
