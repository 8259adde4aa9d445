import { member } from './harness/json-members.ts';
import { deliver, nowSeconds, signed } from './harness/sign-delivery.ts';
import { apiUrl, call, mintToken, testHost, unique } from './harness/test-host.ts';

/** What a tracer sends to the X-Ray daemon; the host takes its place and shows it on its console. */
interface Segment {
  readonly id: string;
  readonly parent_id: string;
  readonly trace_id: string;
  readonly name: string;
  readonly annotations?: Readonly<Record<string, unknown>>;
}

const consolePage = async (page: string) => (await call(`${testHost().state.console}${page}`)).json;

async function eventually<T>(read: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error('it did not come about in 15 s');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const newTraceId = () =>
  `1-${nowSeconds().toString(16)}-${crypto.randomUUID().replaceAll('-', '').slice(0, 24)}`;

describe('a trace', () => {
  it.each(['http', 'rest'] as const)(
    'goes from the %s front through authorizer and handler to the table',
    async (kind) => {
      const token = await mintToken(unique('tracer'), 'users:read users:admin');
      const traceId = newTraceId();
      const parent = '53995c3f42cd8ad8';
      const { status } = await call(`${apiUrl(kind)}/users`, 'GET', {
        token,
        headers: { 'x-amzn-trace-id': `Root=${traceId};Parent=${parent};Sampled=1` },
      });
      expect(status).toBe(200);
      const segments = await eventually(async () => {
        const found = (member(await consolePage(`traces/${traceId}`), 'segments') ??
          []) as readonly Segment[];
        return found.some(({ name }) => name === '## users-api') ? found : undefined;
      });
      const named = (name: string) => segments.find((segment) => segment.name === name)!;
      expect(named('## authorizer')).toMatchObject({
        parent_id: parent,
        annotations: { principal_kind: 'user' },
      });
      expect(named('## users-api')).toMatchObject({
        parent_id: parent,
        annotations: { route: 'GET /users', status_class: '2xx' },
      });
      expect(named('DynamoDB').parent_id).toBe(named('## users-api').id);
      expect(new Set(segments.map(({ trace_id }) => trace_id))).toEqual(new Set([traceId]));
    },
  );

  it('of a delivery goes from the processor to the users API, and is found from the receiver by the delivery id', async () => {
    const id = unique('msg');
    const body = JSON.stringify({
      type: 'user.created',
      timestamp: new Date().toISOString(),
      data: { id: unique('directory|'), email: `${unique('traced')}@example.com`, name: 'Traced' },
    });
    expect(await deliver(body, signed({ id, timestamp: nowSeconds(), body }))).toBe(204);
    const deliverySegments = (segments: readonly Segment[]) =>
      segments.filter(({ annotations }) => annotations?.['delivery_id'] === `standard#${id}`);
    const segments = await eventually(async () => {
      const traces = (await consolePage('traces')) as readonly { segments: readonly Segment[] }[];
      const all = traces.flatMap((trace) => trace.segments);
      return deliverySegments(all).length === 2 ? all : undefined;
    });
    const isReceiver = ({ annotations }: Segment) => annotations?.['route'] === 'POST /webhooks/{provider}';
    const receiver = deliverySegments(segments).find(isReceiver);
    const processor = deliverySegments(segments).find((segment) => !isReceiver(segment));
    expect(receiver).toBeDefined();
    expect(processor!.trace_id).not.toBe(receiver!.trace_id);

    const users = segments.find(
      ({ name, trace_id }) => name === '## users-api' && trace_id === processor!.trace_id,
    );
    expect(users).toMatchObject({ annotations: { route: 'PUT /internal/users/{externalId}' } });
    const outbound = segments.find((segment) => segment.id === users!.parent_id);
    expect(outbound).toMatchObject({ trace_id: processor!.trace_id, parent_id: processor!.id });
  });
});
