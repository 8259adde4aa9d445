import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Operation, Schema } from '../contract/operation.ts';
import { isPromiseLike } from '../maybe-async.ts';
import type { MaybePromise } from '../maybe-async.ts';
import { httpProblem } from '../problem/catalogue.ts';
import type { ProblemError } from '../problem/problem.ts';
import type { HttpRequest } from '../request/http-request.ts';
import { coerceParameters, coercePathParameters } from './coerce.ts';
import { issuePointer } from './json-pointer.ts';
import { bodyRules, readBody } from './read-body.ts';
import type { BodyLimits } from './read-body.ts';
import { droppedFields } from './unknown-fields.ts';

type Part = ProblemError['in'];
type PathParams = Readonly<Record<string, string>>;

/** Schema outputs by part; a part that has no schema is absent. */
export type ValidParts = Partial<Record<Part, unknown>>;

export type RequestValidator = (request: HttpRequest, params: PathParams) => MaybePromise<ValidParts>;

interface PartCheck {
  readonly part: Part;
  readonly schema: Schema;
  readonly refuseUnknownFields: boolean;
  /** `undefined` means that there is nothing to check. */
  read(request: HttpRequest, params: PathParams): unknown;
}

/** What one answer lists at most, and the characters of each message. */
const MAX_ERRORS = 20;
const MAX_DETAIL_LENGTH = 200;

/**
 * Compiles an operation's request schemas; `undefined` for an operation that has none. Every part is checked before the
 * answer, so that a caller hears of all faults at once; a body that cannot be read is answered by itself. The
 * validator throws problems: 400 HTTP_REQUEST_INVALID with `errors`, and what `readBody` throws.
 */
export function createRequestValidator(
  operation: Operation,
  limits: BodyLimits,
): RequestValidator | undefined {
  const checks = partChecks(operation, limits);
  if (checks.length === 0) return undefined;

  return (request, params) => {
    const parts: ValidParts = {};
    const errors: ProblemError[] = [];
    const pending: PromiseLike<void>[] = [];
    for (const check of checks) {
      const value = check.read(request, params);
      if (value === undefined) continue;
      const result = check.schema['~standard'].validate(value);
      const settle = (settled: StandardSchemaV1.Result<unknown>): void => {
        if (settled.issues) errors.push(...settled.issues.map((issue) => issueError(check.part, issue)));
        else {
          parts[check.part] = settled.value;
          if (check.refuseUnknownFields) errors.push(...unknownFieldErrors(value, settled.value));
        }
      };
      if (isPromiseLike(result))
        pending.push((result as PromiseLike<StandardSchemaV1.Result<unknown>>).then(settle));
      else settle(result);
    }
    const finish = (): ValidParts => {
      if (errors.length > 0) {
        throw httpProblem('HTTP_REQUEST_INVALID', { errors: errors.slice(0, MAX_ERRORS) });
      }
      return parts;
    };
    return pending.length === 0 ? finish() : Promise.all(pending).then(finish);
  };
}

function partChecks({ request: definition }: Operation, limits: BodyLimits): readonly PartCheck[] {
  if (!definition) return [];
  const { params, query, headers, body, coerce } = definition;
  const checks: PartCheck[] = [];
  const add = (part: Part, schema: Schema | undefined, read: PartCheck['read']): void => {
    if (schema) checks.push({ part, schema, read, refuseUnknownFields: false });
  };
  add('path', params, (_request, values) => coercePathParameters(values, coerce?.params));
  add('query', query, (request) => coerceParameters(request.query, coerce?.query));
  add('headers', headers, (request) => coerceParameters(request.headers, coerce?.headers));
  if (body) {
    const rules = bodyRules(body, limits);
    const { schema, refuseUnknownFields } = rules;
    checks.push({ part: 'body', schema, refuseUnknownFields, read: (request) => readBody(request, rules) });
  }
  return checks;
}

function issueError(part: Part, issue: StandardSchemaV1.Issue): ProblemError {
  return { in: part, pointer: issuePointer(issue), detail: issue.message.slice(0, MAX_DETAIL_LENGTH) };
}

function unknownFieldErrors(input: unknown, output: unknown): ProblemError[] {
  return droppedFields(input, output).map((pointer) => ({ in: 'body', pointer, detail: 'Unknown field.' }));
}
