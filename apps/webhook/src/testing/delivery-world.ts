import type { Context } from 'aws-lambda';
import { createSecretCache } from '@gatehouse/clients';
import type { LambdaResult } from '@gatehouse/http';
import { createClientUsersDirectory } from '../adapters/client-users-directory.ts';
import { createSecretProviderKeys } from '../adapters/secret-provider-keys.ts';
import { createProcessor } from '../processor/create-processor.ts';
import { createReceiver } from '../receiver/receive-delivery.ts';
import { createDynamoDeliveryInbox } from '../store/dynamodb/dynamo-delivery-inbox.ts';
import { createDynamoDeliveryProgress } from '../store/dynamodb/dynamo-delivery-progress.ts';
import { FaultPlan } from './fault-plan.ts';
import { MemoryTable } from './memory-table.ts';
import { MemoryUsersApi } from './memory-users-api.ts';
import { recordInvocation, type RecordedInvocation } from './record-invocation.ts';
import { signHeaders } from './sign-delivery.ts';
import { urlEvent, type UrlRequest } from './url-event.ts';

const SECRET = Buffer.from('0123456789abcdef0123456789abcdef');
const BATCH_SIZE = 10;

/** One delivery as its sender has it. */
export interface Sent {
  readonly id: string;
  readonly body: string;
}

/**
 * Both functions, wired as their entries wire them, between a sender that repeats what is not acknowledged and a stream that
 * repeats what has failed. Every call of a dependency goes through the fault plan.
 */
export class DeliveryWorld {
  nowMs = Date.UTC(2026, 10, 22, 13);
  readonly statuses: number[] = [];
  readonly users = new MemoryUsersApi(() => this.nowMs);
  readonly invocations: RecordedInvocation[] = [];
  readonly table: MemoryTable;
  readonly #receive: ReturnType<typeof createReceiver>;
  readonly #process: ReturnType<typeof createProcessor>;

  constructor(faults = new FaultPlan(), giveUpSeconds = 3600) {
    const clock = (): number => this.nowMs;
    this.table = new MemoryTable(faults, clock);
    const { documents } = this.table;
    const secrets = createSecretCache({
      read: async (_id, options) =>
        faults.run(() =>
          options?.versionStage === 'AWSPREVIOUS'
            ? undefined
            : { value: `whsec_${SECRET.toString('base64')}`, versionId: 'v1' },
        ),
      clock,
    });
    this.#receive = createReceiver({
      providers: [
        {
          name: 'standard',
          scheme: 'standard-webhooks',
          secretId: 's',
          secretEncoding: 'whsec',
          toleranceSeconds: 300,
        },
      ],
      inbox: createDynamoDeliveryInbox({ documents, tableName: 'deliveries', retentionSeconds: 604_800 }),
      keys: createSecretProviderKeys(secrets),
      clock,
    });
    this.#process = createProcessor({
      users: createClientUsersDirectory({
        baseUrl: 'https://users.example',
        transport: async (request) => faults.run(() => this.users.transport(request)),
        pause: () => Promise.resolve(),
      }),
      progress: createDynamoDeliveryProgress({ documents, tableName: 'deliveries', clock }),
      clock,
      giveUpSeconds,
    });
  }

  /** A request of the sender, signed now. */
  sign({ id, body }: Sent): UrlRequest {
    const timestampSeconds = Math.floor(this.nowMs / 1000);
    const headers = signHeaders['standard-webhooks']({ secret: SECRET, timestampSeconds, body, id });
    return { headers, body };
  }

  /** The receiver's answer to one request. */
  async post(request: UrlRequest): Promise<LambdaResult> {
    return this.#receive(urlEvent(request), {}, this.#invocation());
  }

  /** Sends until it is acknowledged, five times at most, signed anew each time. */
  async send(sent: Sent): Promise<number> {
    for (let attempt = 1; ; attempt++) {
      this.nowMs += 1;
      const { statusCode } = await this.post(this.sign(sent));
      this.statuses.push(statusCode);
      if (statusCode < 300 || attempt === 5) return statusCode;
      this.nowMs += 10_000;
    }
  }

  /** Hands the stream over, in batches, from the first failed record again, until it is empty or the rounds are over. */
  async drain(rounds = 50): Promise<void> {
    const { stream } = this.table;
    for (let round = 0; stream.length > 0 && round < rounds; round++) {
      const batch = stream.slice(0, BATCH_SIZE);
      const { batchItemFailures } = await this.#process(
        { Records: batch },
        {} as Context,
        this.#invocation(),
      );
      const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort()[0];
      const at = batch.findIndex((record) => record.dynamodb?.SequenceNumber === failed);
      stream.splice(0, at === -1 ? batch.length : at);
      this.nowMs += 1000;
    }
  }

  /** The table's rows, in the order in which they came. */
  rows(): readonly Readonly<Record<string, unknown>>[] {
    return [...this.table.rows.values()];
  }

  states(): string[] {
    return this.rows().map((row) => String(row['state']));
  }

  #invocation(): RecordedInvocation {
    const invocation = recordInvocation();
    this.invocations.push(invocation);
    return invocation;
  }
}

/** A body as a directory sends it. */
export function userEvent(type: string, timestamp: string, data: Record<string, unknown>): string {
  return JSON.stringify({ type, timestamp, data });
}
