import type { JsonObject } from '../assembly/json.ts';

/** A record of a DynamoDB stream, as a function gets it, and what the host has to know of it. */
export interface StreamRecord {
  readonly sequenceNumber: string;
  /** Epoch milliseconds; DynamoDB gives whole seconds. */
  readonly createdAtMs: number;
  /** The event's record. */
  readonly event: JsonObject;
  /** Of its JSON text. */
  readonly bytes: number;
}

/** What the template says of the stream, for the event's own members. */
export interface StreamOrigin {
  readonly streamArn: string;
  readonly region: string;
}

/**
 * Makes the record that a function gets from one that GetRecords gave.
 *
 * @returns undefined for what is no record.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export function toStreamRecord(
  raw: JsonObject,
  { streamArn, region }: StreamOrigin,
): StreamRecord | undefined {
  const change = raw['dynamodb'];
  if (typeof change !== 'object' || change === null || Array.isArray(change)) return undefined;
  const { SequenceNumber: sequenceNumber, ApproximateCreationDateTime: createdAt } = change as JsonObject;
  if (typeof sequenceNumber !== 'string' || typeof createdAt !== 'number') return undefined;
  const event: JsonObject = {
    ...raw,
    awsRegion: region,
    eventSource: 'aws:dynamodb',
    eventSourceARN: streamArn,
  };
  return {
    sequenceNumber,
    createdAtMs: createdAt * 1000,
    event,
    bytes: Buffer.byteLength(JSON.stringify(event)),
  };
}
