import { observe } from '@gatehouse/observability';
import { captureOutput, lambdaContext } from '@gatehouse/observability/testing';
import type { Application } from '../domain/users-directory.ts';
import { createProcessor } from './create-processor.ts';
import type { StreamRecord } from './read-record.ts';

function record(body: object): StreamRecord {
  const image = {
    pk: { S: 'standard#msg_1' },
    state: { S: 'received' },
    provider: { S: 'standard' },
    scheme: { S: 'standard-webhooks' },
    body: { B: Buffer.from(JSON.stringify(body)).toString('base64') },
    receivedAt: { S: '2026-11-22T10:00:00.000Z' },
    replays: { N: '0' },
  };
  return { eventID: 'e', dynamodb: { SequenceNumber: '1', NewImage: image } };
}

const event = { type: 'user.deleted', timestamp: '2026-11-22T10:00:00Z', data: { id: 'd|1' } };

/** The line of metrics of an invocation with one record, as CloudWatch reads it. */
async function metricsOf(subject: StreamRecord, application: Application) {
  const output = captureOutput();
  try {
    const handler = observe(
      createProcessor({
        users: { apply: async () => application },
        progress: {
          complete: async () => undefined,
          fail: async () => undefined,
          defer: async () => undefined,
        },
        clock: () => Date.parse('2026-11-22T10:00:01Z'),
        giveUpSeconds: 3600,
      }),
      { service: 'webhook' },
    );
    await handler({ Records: [subject] }, lambdaContext());
    return output.metrics();
  } finally {
    output.restore();
  }
}

test.each<[string, StreamRecord, Application]>([
  ['DeliveriesApplied', record(event), { kind: 'applied', outcome: 'deleted' }],
  ['DeliveriesFailed', record(event), { kind: 'refused', reason: 'USERS_EVENT_AHEAD' }],
  ['DeliveriesFailed', record([]), { kind: 'applied', outcome: 'deleted' }],
  ['DeliveriesDeferred', record(event), { kind: 'blocked', reason: 'USERS_EMAIL_TAKEN' }],
  ['DeliveriesIgnored', record({ type: 'invoice.paid' }), { kind: 'applied', outcome: 'deleted' }],
])('%s is counted by environment and service, as its alarm reads it', async (name, subject, application) => {
  const [line, ...more] = await metricsOf(subject, application);
  expect(more).toEqual([]);
  expect(line).toMatchObject({ [name]: 1, service: 'webhook', environment: expect.any(String) });
  const { CloudWatchMetrics: sets } = line!['_aws'] as { CloudWatchMetrics: EmfSet[] };
  expect(sets).toHaveLength(1);
  expect(sets[0]!.Namespace).toBe('Gatehouse');
  expect(sets[0]!.Dimensions.map((names) => [...names].sort())).toEqual([['environment', 'service']]);
  const counted = sets[0]!.Metrics.map(({ Name }) => Name).filter((each) => each.startsWith('Deliveries'));
  expect(counted).toEqual([name]);
});

/** A set of metrics in CloudWatch's embedded metric format. */
interface EmfSet {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string }[];
}
