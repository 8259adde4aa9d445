import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Operation, Schema } from '../contract/operation.ts';
import { isPromiseLike } from '../maybe-async.ts';
import type { MaybePromise } from '../maybe-async.ts';
import { kernelProblem } from '../problem/kernel-problems.ts';
import type { ProblemError } from '../problem/problem.ts';
import type { HttpRequest } from '../request/http-request.ts';
import { coerceParameters, coercePathParameters } from './coerce.ts';
import { issuePointer } from './json-pointer.ts';
import { bodyRules, readBody } from './read-body.ts';
import type { BodyLimits } from './read-body.ts';
import { droppedFields } from './unknown-fields.ts';

type Part = ProblemError['in'];
/** A schema's result, whichever of its two forms. */
interface Settled {
  readonly value?: unknown;
  readonly issues?: readonly StandardSchemaV1.Issue[] | undefined;
}
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
    const outcome = new Outcome();
    let pending: PromiseLike<void>[] | undefined;
    for (const check of checks) {
      const value = check.read(request, params);
      if (value === undefined) continue;
      const result = check.schema['~standard'].validate(value);
      if (isPromiseLike(result)) {
        (pending ??= []).push(result.then((settled) => outcome.add(check, value, settled as Settled)));
      } else {
        outcome.add(check, value, result);
      }
    }
    return pending ? Promise.all(pending).then(() => outcome.finish()) : outcome.finish();
  };
}

/** What the checks of one request have found so far. */
class Outcome {
  readonly #parts: ValidParts = {};
  #errors: ProblemError[] | undefined;

  add(check: PartCheck, value: unknown, { issues, value: output }: Settled): void {
    if (issues) {
      this.#refuse(issues.map((issue) => issueError(check.part, issue)));
      return;
    }
    this.#parts[check.part] = output;
    if (!check.refuseUnknownFields) return;
    const dropped = droppedFields(value, output);
    if (dropped.length > 0) this.#refuse(dropped.map(unknownFieldError));
  }

  finish(): ValidParts {
    if (!this.#errors) return this.#parts;
    throw kernelProblem('HTTP_REQUEST_INVALID', { errors: this.#errors.slice(0, MAX_ERRORS) });
  }

  #refuse(errors: readonly ProblemError[]): void {
    this.#errors = [...(this.#errors ?? []), ...errors];
  }
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

function unknownFieldError(pointer: string): ProblemError {
  return { in: 'body', pointer, detail: 'Unknown field.' };
}
