import { WEBHOOK_SCHEMES, type WebhookScheme } from '@gatehouse/auth';
import { WebhookError } from '../errors.ts';
import type { StoredDelivery } from '../model/delivery.ts';

/** The part of a DynamoDB stream record that is read. */
export interface StreamRecord {
  readonly eventID?: string;
  readonly dynamodb?: {
    readonly SequenceNumber?: string;
    /** Epoch seconds at which the row was written. */
    readonly ApproximateCreationDateTime?: number;
    readonly NewImage?: Readonly<Record<string, unknown>>;
  };
}

export interface HandedOver {
  readonly delivery: StoredDelivery;
  /** When the row was written as it is, epoch milliseconds. */
  readonly handedOverAtMs: number;
  /** Since when the delivery waits to be worked on: it was stored then, or set back. Epoch milliseconds. */
  readonly waitingSinceMs: number;
}

/**
 * Reads the delivery of a stream record.
 *
 * @returns undefined when the row is not `received`: the stream's filter keeps those out, this keeps to it without one.
 * @throws {WebhookError} `WEBHOOK_ROW_INVALID` when it is no row of this app's.
 */
export function readRecord({ dynamodb }: StreamRecord): HandedOver | undefined {
  const image = dynamodb?.NewImage ?? {};
  if (read(image, 'state', 'S') !== 'received') return undefined;
  const receivedAt = read(image, 'receivedAt', 'S');
  const receivedAtMs = Date.parse(receivedAt);
  const scheme = read(image, 'scheme', 'S');
  if (!isScheme(scheme) || Number.isNaN(receivedAtMs)) throw invalid('scheme or receivedAt');
  const handedOverAtMs = (dynamodb?.ApproximateCreationDateTime ?? 0) * 1000 || receivedAtMs;
  return {
    delivery: {
      key: read(image, 'pk', 'S'),
      provider: read(image, 'provider', 'S'),
      scheme,
      body: Buffer.from(read(image, 'body', 'B'), 'base64'),
      headers: {},
      receivedAtMs,
      state: 'received',
      replays: Number(read(image, 'replays', 'N')),
      deferrals: 'deferrals' in image ? Number(read(image, 'deferrals', 'N')) : 0,
    },
    handedOverAtMs,
    waitingSinceMs: 'waitingSince' in image ? Date.parse(read(image, 'waitingSince', 'S')) : handedOverAtMs,
  };
}

function isScheme(text: string): text is WebhookScheme {
  return (WEBHOOK_SCHEMES as readonly string[]).includes(text);
}

function read(image: Readonly<Record<string, unknown>>, name: string, type: 'S' | 'N' | 'B'): string {
  const attribute = image[name];
  const value =
    typeof attribute === 'object' && attribute !== null
      ? (attribute as Record<string, unknown>)[type]
      : undefined;
  if (typeof value !== 'string') throw invalid(name);
  return value;
}

function invalid(attribute: string): WebhookError {
  return new WebhookError('WEBHOOK_ROW_INVALID', `The row's ${attribute} is missing or has the wrong form`);
}
