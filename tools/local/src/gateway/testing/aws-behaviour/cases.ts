import { readFileSync } from 'node:fs';
import path from 'node:path';

/** One fact of how AWS behaves, as the shared collection holds it. */
export interface BehaviourCase {
  readonly id: string;
  readonly area: string;
  readonly provenance: string;
  // The collection is looked into member by member; its shapes differ from case to case.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
  readonly setup: Readonly<Record<string, any>>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
  readonly request: Readonly<Record<string, any>>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
  readonly expected: Readonly<Record<string, any>>;
  readonly note: string;
}

/** @returns undefined when the environment names no folder of shared facts. */
export function readCases(sharedFolder: string | undefined): readonly BehaviourCase[] | undefined {
  if (sharedFolder === undefined || sharedFolder === '') return undefined;
  const file = path.join(sharedFolder, 'aws-behaviour', 'cases.json');
  return JSON.parse(readFileSync(file, 'utf8')) as readonly BehaviourCase[];
}
