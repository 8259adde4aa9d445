import { LocalError } from '../errors.ts';
import { isObject } from './json.ts';
import { formatPosition } from './template.ts';
import type { Position } from './template.ts';

/** Where dynamic references find their values; undefined when there is none by this name. */
export interface DynamicSources {
  /** A Parameter Store parameter. */
  parameter(name: string, at: Position): string | undefined;
  /** A secret's text by name or ARN. */
  secret(id: string, at: Position): string | undefined;
}

const pattern = /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]+)\}\}/g;

/** Whether a text holds a dynamic reference, at the price of one search. */
export function hasDynamicReference(text: string): boolean {
  return text.includes('{{resolve:');
}

/**
 * Replaces `{{resolve:ssm:name[:version]}}`, `{{resolve:ssm-secure:...}}` and
 * `{{resolve:secretsmanager:id[:SecretString[:json-key[:stage[:version]]]]}}`. The host keeps one version of each, so
 * versions and stages are not looked at.
 *
 * @throws LocalError TEMPLATE_UNKNOWN_REFERENCE when there is no such parameter, secret or JSON key.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function resolveDynamicReferences(text: string, at: Position, sources: DynamicSources): string {
  return text.replaceAll(pattern, (_whole, service: string, rest: string) =>
    service === 'secretsmanager' ? secretValue(rest, at, sources) : parameterValue(rest, at, sources),
  );
}

function parameterValue(rest: string, at: Position, sources: DynamicSources): string {
  const name = rest.replace(/:\d+$/, '');
  const value = sources.parameter(name, at);
  if (value === undefined) throw unknown(at, `no stack of the assembly has the SSM parameter ${name}`);
  return value;
}

function secretValue(rest: string, at: Position, sources: DynamicSources): string {
  const parts = rest.split(':');
  // A secret's ARN has seven parts of its own.
  const idLength = parts[0] === 'arn' ? 7 : 1;
  const id = parts.slice(0, idLength).join(':');
  const jsonKey = parts[idLength + 1] ?? '';
  const text = sources.secret(id, at);
  if (text === undefined)
    throw unknown(at, `no stack of the assembly, and no --secrets file, has the secret ${id}`);
  return jsonKey === '' ? text : jsonMember({ id, text, jsonKey }, at);
}

function jsonMember(
  { id, text, jsonKey }: { readonly id: string; readonly text: string; readonly jsonKey: string },
  at: Position,
): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw unknown(at, `the secret ${id} is not JSON, so it has no key ${jsonKey}`, cause);
  }
  const value = isObject(parsed) && Object.hasOwn(parsed, jsonKey) ? parsed[jsonKey] : undefined;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw unknown(at, `the secret ${id} has no key ${jsonKey}`);
  }
  return String(value);
}

function unknown(at: Position, problem: string, cause?: unknown): LocalError {
  return new LocalError('TEMPLATE_UNKNOWN_REFERENCE', `${formatPosition(at)}: ${problem}.`, {
    path: formatPosition(at),
    ...(cause === undefined ? {} : { cause }),
  });
}
