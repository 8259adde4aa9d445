import { LocalError } from '../errors.ts';
import { formatPosition } from './template.ts';
import type { Position } from './template.ts';

/** Computes what a key names, the first time that it is asked for. */
export type Once = <T>(key: string, at: Position, compute: () => T) => T;

/**
 * A memory of computed answers that refuses an answer which needs itself.
 *
 * The returned function throws LocalError TEMPLATE_CYCLE with the chain of keys that led back to its start.
 */
export function createOnce(): Once {
  const answers = new Map<string, unknown>();
  const open: string[] = [];
  return <T>(key: string, at: Position, compute: () => T): T => {
    if (answers.has(key)) return answers.get(key) as T;
    const start = open.indexOf(key);
    if (start >= 0) {
      const chain = [...open.slice(start), key].join(' -> ');
      throw new LocalError('TEMPLATE_CYCLE', `${formatPosition(at)}: a value needs itself: ${chain}.`, {
        path: formatPosition(at),
      });
    }
    open.push(key);
    try {
      const answer = compute();
      answers.set(key, answer);
      return answer;
    } finally {
      open.pop();
    }
  };
}
