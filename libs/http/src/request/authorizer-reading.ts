import type { AuthorizerResult } from './authorizer-result.ts';
import { createRecord } from '../null-record.ts';

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string as it is, anything else as ''. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function iamResult(identity: Readonly<Record<string, unknown>>): AuthorizerResult {
  return {
    kind: 'iam',
    arn: textOf(identity['userArn']),
    accountId: textOf(identity['accountId']),
    userId: textOf(identity['userId']),
    callerId: textOf(identity['callerId']),
    accessKey: textOf(identity['accessKey']),
  };
}

export function jwtResult(claims: Readonly<Record<string, unknown>>, scopes: unknown): AuthorizerResult {
  const strings = createRecord<string>();
  for (const name of Object.keys(claims)) strings[name] = String(claims[name]);
  return {
    kind: 'jwt',
    claims: strings,
    scopes: Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [],
  };
}
