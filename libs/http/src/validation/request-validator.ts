import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { BodyDefinition, Operation, Schema } from '../contract/operation.ts';
import { chain, isPromiseLike } from '../maybe-async.ts';
import type { MaybePromise } from '../maybe-async.ts';
import { badRequest } from '../problem/bad-request.ts';
import type { ProblemError } from '../problem/problem.ts';
import type { HttpRequest } from '../request/http-request.ts';
import { toMultiValues } from '../request/multi-values.ts';
import { issuePointer } from './json-pointer.ts';
import { readBody } from './read-body.ts';
import type { BodyLimits } from './read-body.ts';
import { readParameters } from './read-parameters.ts';
import { droppedFields } from './unknown-fields.ts';

type Part = ProblemError['in'];
type PathParams = Readonly<Record<string, string>>;
type Errors = readonly ProblemError[];

/** Schema outputs by part; a part that has no schema is absent. */
export type ValidParts = Partial<Record<Part, unknown>>;

export type RequestValidator = (request: HttpRequest, params: PathParams) => MaybePromise<ValidParts>;

interface PartCheck {
  readonly part: Part;
  readonly standard: Schema['~standard'];
  readonly refuseUnknownFields: boolean;
  /** `undefined` means that there is nothing to check. */
  read(request: HttpRequest, params: PathParams): unknown;
}

/** What one answer lists at most, and the characters of each message. */
const MAX_ERRORS = 20;
const MAX_DETAIL_LENGTH = 200;
const NO_ERRORS: Errors = [];

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
    const valid: ValidParts = {};
    let errors = NO_ERRORS;
    let pending: PromiseLike<Errors>[] | undefined;
    for (const check of checks) {
      const input = check.read(request, params);
      if (input === undefined) continue;
      const found = chain(check.standard.validate(input), { check, input, valid }, settle);
      if (isPromiseLike(found)) (pending ??= []).push(found);
      else if (found.length > 0) errors = errors.concat(found);
    }
    if (!pending) return passed(valid, errors);
    return Promise.all(pending).then((found) => passed(valid, errors.concat(...found)));
  };
}

interface CheckedPart {
  readonly check: PartCheck;
  readonly input: unknown;
  readonly valid: ValidParts;
}

/** Puts a schema's output where it belongs, and says what is wrong. */
function settle(result: StandardSchemaV1.Result<unknown>, { check, input, valid }: CheckedPart): Errors {
  const { part, refuseUnknownFields } = check;
  if (result.issues) {
    return result.issues.map((issue) => {
      return { in: part, pointer: issuePointer(issue), detail: issue.message.slice(0, MAX_DETAIL_LENGTH) };
    });
  }
  valid[part] = result.value;
  if (!refuseUnknownFields) return NO_ERRORS;
  const dropped = droppedFields(input, result.value);
  return dropped.length === 0 ? NO_ERRORS : dropped.map((pointer) => unknownField(part, pointer));
}

function unknownField(part: Part, pointer: string): ProblemError {
  return { in: part, pointer, detail: 'Unknown field.' };
}

function passed(valid: ValidParts, errors: Errors): ValidParts {
  if (errors.length === 0) return valid;
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
  add('path', params, (_request, values) => readParameters(toMultiValues(values), coerce.params));
  add('query', query, (request) => readParameters(request.query, coerce.query));
  add('headers', headers, (request) => readParameters(request.headers, coerce.headers));
  if (rules) add('body', rules.schema, (request) => readBody(request, rules, limits));
  return checks;
}
