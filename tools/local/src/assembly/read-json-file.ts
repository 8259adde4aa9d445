import { readFileSync } from 'node:fs';
import { LocalError } from '../errors.ts';
import type { Json } from './json.ts';

/**
 * Reads a JSON file. Synchronous: the host has nothing else to do before it knows the templates.
 *
 * @param what the file's part in the assembly, for messages: `the manifest`.
 * @throws LocalError ASSEMBLY_NOT_FOUND when there is no such file, ASSEMBLY_UNREADABLE when it is not JSON.
 */
export function readJsonFile(file: string, what: string): Json {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new LocalError('ASSEMBLY_NOT_FOUND', `Cannot read ${what}: ${file}.`, { cause, path: file });
  }
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LocalError('ASSEMBLY_UNREADABLE', `${file} is not JSON: ${reason}`, {
      cause,
      path: file,
      ...(/\.ya?ml$/.test(file) ? { hint: 'Templates are read as JSON: convert it first.' } : {}),
    });
  }
}
