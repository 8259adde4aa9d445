import { readFileSync } from 'node:fs';
import { isObject } from '../assembly/json.ts';
import { LocalError } from '../errors.ts';
import { systemErrorCode } from '../system-error-code.ts';

/**
 * Reads the values of imported secrets: a JSON object from a secret's name to its text. A value that is an object
 * becomes its JSON text.
 *
 * @throws LocalError SECRETS_UNREADABLE; its message holds no value.
 */
export function readSecretsFile(file: string): Readonly<Record<string, string>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    // A JSON error quotes the text around it, which may be a secret: it is not passed on.
    const missing = systemErrorCode(cause) === 'ENOENT';
    throw new LocalError(
      'SECRETS_UNREADABLE',
      `The secrets file ${file} ${missing ? 'is missing' : 'is not JSON'}.`,
    );
  }
  if (!isObject(parsed)) {
    throw new LocalError('SECRETS_UNREADABLE', `The secrets file ${file} is not a JSON object.`);
  }
  return Object.fromEntries(
    Object.entries(parsed).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}
