import { createSocket } from 'node:dgram';
import { formatTraceEvent } from './format-request.ts';
import { createRequestHistory } from './request-history.ts';
import { createSegmentHistory, parseSegment } from './segment-history.ts';
import { startSegmentListener } from './segment-listener.ts';
import type { TraceEvent } from './trace-sink.ts';

const event = (requestId: string, more: Partial<TraceEvent> = {}): TraceEvent => ({
  at: 0,
  requestId,
  front: 'users',
  kind: 'http',
  stage: 'route',
  outcome: 'pass',
  ...more,
});

describe('the request history', () => {
  it('keeps the events of a request together, the latest request first, and forgets the oldest', () => {
    const history = createRequestHistory(2);
    for (const id of ['a', 'b', 'a', 'c']) history.record(event(id));
    expect(history.list().map(({ requestId, events }) => [requestId, events.length])).toEqual([
      ['c', 1],
      ['b', 1],
    ]);
    expect(history.find('a')).toBeUndefined();
    expect(history.find('b')!.events).toEqual([event('b')]);
  });
});

describe('a request at the terminal', () => {
  const sent = event('r', {
    stage: 'sent',
    status: 401,
    detail: { method: 'GET', path: '/users\u001b[2J', durationMs: 3.4 },
  });

  it('is a line when it is answered, with the reason of its refusal and without control characters', () => {
    const refusal = event('r', {
      stage: 'authorizer',
      outcome: 'refuse',
      reason: 'identity source is missing',
    });
    expect(formatTraceEvent(sent, { requestId: 'r', events: [event('r'), refusal, sent] })).toBe(
      'GET /users?[2J 401 3 ms  users (http)  authorizer: identity source is missing',
    );
    expect(formatTraceEvent(sent, { requestId: 'r', events: [sent] })).toBe(
      'GET /users?[2J 401 3 ms  users (http)',
    );
  });

  it('is nothing before that', () => {
    expect(formatTraceEvent(event('r'), undefined)).toBeUndefined();
  });

  it('of a stream is a line when a batch fails', () => {
    const failed = event('s', {
      kind: 'event-source',
      stage: 'batch',
      outcome: 'error',
      reason: 'Error: no',
    });
    expect(formatTraceEvent(failed, undefined)).toBe('users: batch failed: Error: no');
    expect(formatTraceEvent({ ...failed, outcome: 'pass' }, undefined)).toBeUndefined();
  });
});

describe('an X-Ray datagram', () => {
  const header = '{"format": "json", "version": 1}';

  it('is a header, a line end and a segment', () => {
    expect(parseSegment(`${header}\n{"id":"1"}`)).toEqual({ id: '1' });
  });

  it.each([
    ['without a header', '{"id":"1"}'],
    ['of another version', '{"format":"json","version":2}\n{"id":"1"}'],
    ['whose segment is no object', `${header}\n[]`],
    ['whose segment is no JSON', `${header}\n{`],
    ['that is empty', ''],
  ])('%s is none', (_name, datagram) => {
    expect(parseSegment(datagram)).toBeUndefined();
  });

  it('that reaches the listener is kept by its trace', async () => {
    const history = createSegmentHistory();
    const listener = await startSegmentListener(history);
    const [host, port] = listener.address.split(':');
    const socket = createSocket('udp4');
    const send = (text: string): Promise<unknown> =>
      new Promise((resolve) => socket.send(text, Number(port), host, resolve));
    await send('noise');
    await send(`${header}\n{"trace_id":"1-a-b","id":"s1","name":"users"}`);
    while (history.list().length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(history.find('1-a-b')!.segments).toEqual([{ trace_id: '1-a-b', id: 's1', name: 'users' }]);
    socket.close();
    await listener.close();
  });
});

describe('the segment history', () => {
  it('replaces a segment in progress by its end, and forgets the oldest trace', () => {
    const history = createSegmentHistory(1);
    history.record({ trace_id: 't1', id: 's', in_progress: true });
    history.record({ trace_id: 't1', id: 's', end_time: 2 });
    history.record({ trace_id: 't1', id: 'other' });
    expect(history.find('t1')!.segments).toEqual([
      { trace_id: 't1', id: 's', end_time: 2 },
      { trace_id: 't1', id: 'other' },
    ]);
    history.record({ trace_id: 't2', id: 's' });
    history.record({ id: 'without a trace' });
    expect(history.list().map(({ traceId }) => traceId)).toEqual(['t2']);
  });
});
