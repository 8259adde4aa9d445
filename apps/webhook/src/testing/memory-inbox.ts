import type { ReceivedDelivery } from '../model/delivery.ts';
import type { DeliveryInbox } from '../store/delivery-inbox.ts';

/** An inbox in memory that keeps to the port: for tests of what stands before it. */
export interface MemoryInbox extends DeliveryInbox {
  readonly rows: ReadonlyMap<string, ReceivedDelivery>;
  /** Every claim that was made, repeated ones too. */
  readonly claims: readonly ReceivedDelivery[];
}

/** @param fail is asked before each claim; what it throws, the claim throws. */
export function createMemoryInbox(
  retentionSeconds = 604_800,
  fail: () => void = () => undefined,
): MemoryInbox {
  const rows = new Map<string, ReceivedDelivery>();
  const claims: ReceivedDelivery[] = [];
  return {
    rows,
    claims,
    claim: async (delivery) => {
      claims.push(delivery);
      fail();
      await Promise.resolve();
      const row = rows.get(delivery.key);
      const isLive = row !== undefined && row.receivedAtMs + retentionSeconds * 1000 >= delivery.receivedAtMs;
      if (isLive) return 'duplicate';
      rows.set(delivery.key, delivery);
      return 'stored';
    },
  };
}
