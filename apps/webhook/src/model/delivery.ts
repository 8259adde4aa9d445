import type { WebhookScheme } from '@gatehouse/auth';

/** Where a delivery stands: handed over and not worked on yet, worked on, or given up with a reason. */
export type DeliveryState = 'received' | 'done' | 'failed';

/** A verified delivery, as the receiver hands it over. */
export interface ReceivedDelivery {
  /** Unique among all providers; the same delivery has the same key however often it is sent. */
  readonly key: string;
  /** The path segment by which it came. */
  readonly provider: string;
  readonly scheme: WebhookScheme;
  /** The body's bytes as they were signed. */
  readonly body: Uint8Array;
  /** The headers that say what the body is; lower-case names. They are not signed by every scheme. */
  readonly headers: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly receivedAtMs: number;
  /** When the sender signed, in epoch seconds, where the scheme signs a time. */
  readonly signedAtSeconds?: number;
}

/** A delivery as it is kept. */
export interface StoredDelivery extends ReceivedDelivery {
  readonly state: DeliveryState;
  /** Why it was given up: a stable code. Present on failed ones alone. */
  readonly reason?: string;
  /** How often it was set back by hand. */
  readonly replays: number;
  /** How often it was put behind those that came after it, since it was stored or set back. */
  readonly deferrals: number;
}
