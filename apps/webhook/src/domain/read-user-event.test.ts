import { readUserEvent } from './read-user-event.ts';

const deleted = '{"type":"user.deleted","timestamp":"2026-11-22T10:00:00Z","data":{"id":"d|1"}}';
const event = { kind: 'deleted', externalId: 'd|1', occurredAt: '2026-11-22T10:00:00Z' };

test.each([
  ['plain', Buffer.from(deleted)],
  ['behind a byte order mark', Buffer.from(`\ufeff${deleted}`)],
])('an event is read from a body %s', (_what, body) => {
  expect(readUserEvent(body)).toEqual(event);
});

test.each([
  ['is not UTF-8', Buffer.from(deleted.replace('d|1', '\u00e9'), 'latin1')],
  ['has two byte order marks', Buffer.from(`\ufeff\ufeff${deleted}`)],
  ['is cut off', Buffer.from(deleted.slice(0, -1))],
])('a body that %s is no event', (_what, body) => {
  expect(() => readUserEvent(body)).toThrow(
    expect.objectContaining({ code: 'WEBHOOK_EVENT_INVALID' }) as Error,
  );
});
