import { isRecord } from '../integration/result-values.ts';
import { parsePolicy, PolicyFormatError, type PolicyStatement } from '../iam/policy.ts';

/** An authorizer's answer in policy form. */
export interface PolicyAnswer {
  readonly principalId: string;
  readonly statements: readonly PolicyStatement[];
  readonly context: Readonly<Record<string, unknown>> | null;
  /** The API key that counts against a usage plan, where the API takes keys from its authorizer. */
  readonly usageIdentifierKey?: string;
}

/** An HTTP API's simple answer. */
export interface SimpleAnswer {
  readonly isAuthorized: boolean;
  readonly context: Readonly<Record<string, unknown>> | null;
}

/** The authorizer answered with something that the gateway cannot take; the message says which member is wrong. */
export class AuthorizerAnswerError extends Error {
  override readonly name = 'AuthorizerAnswerError';
}

/** @throws AuthorizerAnswerError */
export function parsePolicyAnswer(result: unknown): PolicyAnswer {
  if (!isRecord(result)) throw new AuthorizerAnswerError('the authorizer did not answer with an object');
  const principalId = result['principalId'];
  if (typeof principalId !== 'string') throw new AuthorizerAnswerError('principalId is not a string');
  const key = result['usageIdentifierKey'];
  return {
    principalId,
    statements: parseStatements(result['policyDocument']),
    context: parseContext(result['context']),
    ...(typeof key === 'string' ? { usageIdentifierKey: key } : {}),
  };
}

/** @throws AuthorizerAnswerError */
export function parseSimpleAnswer(result: unknown): SimpleAnswer {
  if (!isRecord(result) || typeof result['isAuthorized'] !== 'boolean') {
    throw new AuthorizerAnswerError('isAuthorized is not a boolean, as a simple response has it');
  }
  return { isAuthorized: result['isAuthorized'], context: parseContext(result['context']) };
}

function parseStatements(document: unknown): readonly PolicyStatement[] {
  try {
    return parsePolicy(document);
  } catch (error) {
    if (error instanceof PolicyFormatError) throw new AuthorizerAnswerError(error.message, { cause: error });
    throw error;
  }
}

function parseContext(context: unknown): Readonly<Record<string, unknown>> | null {
  if (context === undefined || context === null) return null;
  if (!isRecord(context)) throw new AuthorizerAnswerError('context is not an object');
  return context;
}
