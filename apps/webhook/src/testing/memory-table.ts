import type { DynamoDocuments } from '@gatehouse/clients';
import type { StreamRecord } from '../processor/read-record.ts';
import type { FaultPlan } from './fault-plan.ts';

type Item = Record<string, unknown>;

/**
 * The deliveries table in memory: the conditional writes that this app makes, and the stream's filter. Any other
 * expression fails the test; `dynamo-stores.test.ts` holds the expressions themselves to a real engine.
 */
export class MemoryTable {
  readonly rows = new Map<string, Item>();
  /** What the stream has not handed over yet. */
  readonly stream: StreamRecord[] = [];
  readonly documents: Pick<DynamoDocuments, 'put' | 'update'>;
  /** While true, every call fails. */
  isDown = false;
  readonly #clock: () => number;
  #sequence = 0;

  /** @param faults is asked at each call. */
  constructor(faults: FaultPlan, clock: () => number) {
    this.#clock = clock;
    this.documents = {
      put: async (input) => faults.run(() => this.#whileUp(() => this.#put(input))),
      update: async (input) => faults.run(() => this.#whileUp(() => this.#update(input))),
    };
  }

  /** What `npm run replay` does to a row. */
  setBack(key: string): void {
    const {
      reason: _reason,
      failedAt: _failedAt,
      failedProvider: _provider,
      deferrals: _deferrals,
      ...row
    } = this.rows.get(key) ?? {};
    const waitingSince = new Date(this.#clock()).toISOString();
    this.#write({ ...row, state: 'received', replays: Number(row['replays']) + 1, waitingSince });
  }

  #whileUp<T>(call: () => T): T {
    if (this.isDown) throw new Error('The table is down');
    return call();
  }

  #put(input: Parameters<DynamoDocuments['put']>[0]): object {
    if (input.ConditionExpression !== 'attribute_not_exists(pk) OR expiresAt < :now') throw unknown(input);
    const before = this.rows.get(String(input.Item['pk']));
    const now = Number(input.ExpressionAttributeValues?.[':now']);
    if (before !== undefined && Number(before['expiresAt']) >= now) throw conditionFailed();
    this.#write(input.Item);
    return {};
  }

  #update(input: Parameters<DynamoDocuments['update']>[0]): object {
    const values = input.ExpressionAttributeValues ?? {};
    const expected =
      '#state = :received AND receivedAt = :receivedAt AND replays = :replays AND ' +
      (':deferrals' in values ? 'deferrals = :deferrals' : 'attribute_not_exists(deferrals)');
    if (input.ConditionExpression !== expected) throw unknown(input);
    const row = this.rows.get(String(input.Key['pk']));
    const holds =
      row?.['state'] === 'received' &&
      row['receivedAt'] === values[':receivedAt'] &&
      row['replays'] === values[':replays'] &&
      row['deferrals'] === values[':deferrals'];
    if (!holds) throw conditionFailed();
    const now = new Date(this.#clock()).toISOString();
    const change =
      ':done' in values
        ? { state: 'done', outcome: values[':outcome'], doneAt: now }
        : ':next' in values
          ? { deferrals: values[':next'], waitingSince: values[':since'] }
          : { state: 'failed', reason: values[':reason'], failedAt: now, failedProvider: row['provider'] };
    this.#write({ ...row, ...change });
    return {};
  }

  #write(item: Item): void {
    this.rows.set(String(item['pk']), item);
    if (item['state'] !== 'received') return;
    const sequence = String(++this.#sequence).padStart(21, '0');
    this.stream.push({
      eventID: sequence,
      dynamodb: {
        SequenceNumber: sequence,
        ApproximateCreationDateTime: this.#clock() / 1000,
        NewImage: toImage(item),
      },
    });
  }
}

function toImage(item: Item): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => {
      if (typeof value === 'string') return [name, { S: value }];
      if (typeof value === 'number') return [name, { N: String(value) }];
      if (value instanceof Uint8Array) return [name, { B: Buffer.from(value).toString('base64') }];
      return [name, { M: {} }];
    }),
  );
}

function conditionFailed(): Error {
  return Object.assign(new Error('The conditional request failed'), {
    name: 'ConditionalCheckFailedException',
  });
}

function unknown(input: { readonly ConditionExpression?: string }): TypeError {
  return new TypeError(`The table in memory knows no ${input.ConditionExpression ?? 'unconditional write'}`);
}
