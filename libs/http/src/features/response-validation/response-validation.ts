import { HttpError } from '../../errors.ts';
import type { OperationResponse } from '../../response/operation-response.ts';
import { issuePointer } from '../../validation/json-pointer.ts';
import { droppedFields } from '../../validation/unknown-fields.ts';
import type { Exchange, Feature } from '../feature.ts';

/**
 * Holds every answer to the schema that its operation declares, for tests and development: a body that does not fit,
 * or has a field that the schema does not know (a leak), becomes HttpError HTTP_RESULT_INVALID, and so a 500. `idempotency` does not store
 * such an answer, and replays what it has stored as it is. Not for the hot path: each body is parsed and checked once more.
 */
export function responseValidation(): Feature {
  return { name: 'response-validation', inspect: assertDeclared };
}

async function assertDeclared({ status, body }: OperationResponse, exchange: Exchange): Promise<void> {
  const declared = exchange.operation?.responses[status];
  const schema = declared && 'body' in declared ? declared.body : undefined;
  if (!schema || typeof body !== 'string') return;
  const value: unknown = JSON.parse(body);
  const result = await schema['~standard'].validate(value);
  const faults = result.issues
    ? result.issues.map((issue) => `${issuePointer(issue) || 'the body'}: ${issue.message}`)
    : droppedFields(value, result.value).map((pointer) => `${pointer}: not in the schema`);
  if (faults.length === 0) return;
  const where = `${exchange.operationId ?? ''} ${status}`;
  throw new HttpError(
    'HTTP_RESULT_INVALID',
    `The answer of ${where} does not fit its schema: ${faults.join('; ')}`,
  );
}
