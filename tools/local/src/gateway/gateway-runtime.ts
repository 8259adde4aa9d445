import { randomBytes, randomUUID } from 'node:crypto';
import type { GatewayDependencies, GatewayIds, GatewayTimers } from './gateway-dependencies.ts';

/** The host's dependencies with every default filled in. */
export type GatewayRuntime = GatewayDependencies &
  Required<Pick<GatewayDependencies, 'clock' | 'ids' | 'timers' | 'trace' | 'credentials'>>;

export function resolveRuntime(dependencies: GatewayDependencies): GatewayRuntime {
  return {
    ...dependencies,
    clock: dependencies.clock ?? Date.now,
    ids: dependencies.ids ?? randomIds,
    timers: dependencies.timers ?? systemTimers,
    trace: dependencies.trace ?? (() => undefined),
    credentials: dependencies.credentials ?? (() => undefined),
  };
}

const randomIds: GatewayIds = { uuid: randomUUID, hex: createHexSource() };

/** Draws random bytes by the pool: a call to the kernel for each id costs more than the rest of a request's ids. */
function createHexSource(poolBytes = 8192): GatewayIds['hex'] {
  let pool = Buffer.alloc(0);
  let used = 0;
  return (digits) => {
    const bytes = Math.min(Math.ceil(digits / 2), poolBytes);
    if (used + bytes > pool.length) {
      pool = randomBytes(poolBytes);
      used = 0;
    }
    used += bytes;
    return pool.toString('hex', used - bytes, used).slice(0, digits);
  };
}

const systemTimers: GatewayTimers = {
  schedule(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** API Gateway's short id: 11 bytes in base64, ending in `=`. */
export function newExtendedRequestId(ids: GatewayIds): string {
  return Buffer.from(ids.hex(22), 'hex').toString('base64');
}
