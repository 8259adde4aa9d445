import type { Socket } from 'node:net';
import { monotonicMs } from '@gatehouse/observability';

/** Idle times at which servers and NATs close connections are longer: 5 s and more. */
const idleMs = 1_000;
/** Servers that close a connection for its age do so from here on: Apache after 100 requests, nginx after 1000. */
const manyUses = 100;

interface Use {
  count: number;
  lastMs: number;
}

const uses = new WeakMap<Socket, Use>();

/** Notes that a connection has served a request and may be kept. */
export function noteUse(socket: Socket): void {
  const use = uses.get(socket);
  if (use === undefined) {
    uses.set(socket, { count: 1, lastMs: monotonicMs() });
  } else {
    use.count++;
    use.lastMs = monotonicMs();
  }
}

/**
 * True for a kept connection whose breaking says nothing of the service: it had been idle for a second, or has served a
 * hundred requests. Any other that breaks is the service's doing. So requests that are sent again outside the
 * retry budget are a hundredth of a busy client's at most, whatever the other side does to its connections.
 */
export function mayHaveBeenClosed(socket: Socket, nowMs: number): boolean {
  const use = uses.get(socket);
  return use !== undefined && (nowMs - use.lastMs >= idleMs || use.count >= manyUses);
}
