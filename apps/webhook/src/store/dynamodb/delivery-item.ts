import type { ReceivedDelivery } from '../../model/delivery.ts';

/** A row of the deliveries table: partition key `pk`, time to live by `expiresAt`. */
export interface DeliveryItem {
  readonly pk: string;
  readonly state: 'received' | 'done' | 'failed';
  readonly provider: string;
  readonly scheme: string;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  /** ISO 8601, UTC. */
  readonly receivedAt: string;
  readonly signedAtSeconds?: number;
  /** Epoch seconds. */
  readonly expiresAt: number;
  readonly replays: number;
  /** Absent until it is deferred. */
  readonly deferrals?: number;
  /** ISO 8601, UTC; absent until it is deferred or set back. */
  readonly waitingSince?: string;
}

/** The row of a delivery that has just come. */
export function toReceivedItem(delivery: ReceivedDelivery, retentionSeconds: number): DeliveryItem {
  const { key, provider, scheme, body, headers, receivedAtMs, signedAtSeconds } = delivery;
  return {
    pk: key,
    state: 'received',
    provider,
    scheme,
    body,
    headers,
    receivedAt: new Date(receivedAtMs).toISOString(),
    ...(signedAtSeconds !== undefined && { signedAtSeconds }),
    expiresAt: Math.floor(receivedAtMs / 1000) + retentionSeconds,
    replays: 0,
  };
}
