import fc from 'fast-check';
import { createUsersClient, UsersClientError, type Transport, type UsersClient } from '../client/index.ts';

/** Something that answers the internal operations: the users API, or what stands in for it in another app's tests. */
export interface ExternalEventsSubject {
  /** Calls as a service of the same system. */
  readonly transport: Transport;
  /** Addresses of the users that there are, by external id. */
  readonly users: () => Promise<Readonly<Record<string, string>>>;
}

interface Change {
  readonly email: string;
  readonly occurredAt: string;
  readonly delivery?: { readonly id: string; readonly receivedAt: string };
}

const NOW_MS = Date.UTC(2026, 10, 22, 12);
const DAY_MS = 86_400_000;
const T = '2026-11-22T10:00:00';
const at = (ms: number): string => new Date(ms).toISOString();

/**
 * What the contract says of events of a directory outside, for every implementation: order, ties, repetition, refusals.
 *
 * @param createSubject gives an empty one each time; its clock is the one that it is given (epoch milliseconds).
 */
export function describeExternalEvents(
  name: string,
  createSubject: (clock: () => number) => ExternalEventsSubject,
): void {
  describe(`${name}, told of external events`, () => {
    let subject: ExternalEventsSubject;
    let client: UsersClient;
    beforeEach(() => start());

    function start(): void {
      subject = createSubject(() => NOW_MS);
      client = createUsersClient({ baseUrl: 'https://users.example', transport: subject.transport });
    }
    const change = async (body: Change, externalId = 'd|1'): Promise<string> =>
      outcomeOf(client.upsertExternalUser({ params: { externalId }, body: { name: 'Somebody', ...body } }));
    const remove = async (occurredAt: string, externalId = 'd|1'): Promise<string> =>
      outcomeOf(client.deleteExternalUser({ params: { externalId }, query: { occurredAt } }));
    const delivery = (id: string, receivedAt = `${T}Z`): Pick<Change, 'delivery'> => ({
      delivery: { id, receivedAt },
    });
    const [first, second] = [
      { email: 'first@example.com', occurredAt: `${T}Z` },
      { email: 'second@example.com', occurredAt: `${T}Z` },
    ];

    it('creates, changes and deletes a user', async () => {
      expect(await change(first)).toBe('created');
      expect(await change({ ...second, occurredAt: `${T}.000000001Z` })).toBe('updated');
      expect(await subject.users()).toEqual({ 'd|1': 'second@example.com' });
      expect(await remove(`${T}.000000002Z`)).toBe('deleted');
      expect(await subject.users()).toEqual({});
    });

    it.each([
      ['nanosecond', `${T}.000000001Z`, `${T}.000000002Z`],
      ['part of a millisecond', `${T}.123100Z`, `${T}.123900Z`],
      ['digit', `${T}.1Z`, `${T}.11Z`],
      ['second, over an offset', '2026-11-22T11:00:00+01:00', '2026-11-22T09:00:01-01:00'],
    ])('lets the newer one by a %s stand, in whatever order they come', async (_what, older, newer) => {
      await change({ ...first, occurredAt: older });
      expect(await change({ ...second, occurredAt: newer })).toBe('updated');
      start();
      await change({ ...second, occurredAt: newer });
      expect(await change({ ...first, occurredAt: older })).toBe('superseded');
      expect(await subject.users()).toEqual({ 'd|1': 'second@example.com' });
    });

    it('remembers a deletion that it hears of first', async () => {
      expect(await remove(`${T}Z`)).toBe('unchanged');
      expect(await change({ ...first, occurredAt: '2026-11-22T09:59:59Z' })).toBe('superseded');
      expect(await subject.users()).toEqual({});
      expect(await change({ ...first, occurredAt: `${T}.1Z` })).toBe('created');
    });

    describe('of one moment', () => {
      it('lets a deletion win over a change, whichever comes first', async () => {
        await change({ ...first, ...delivery('a') });
        expect(await remove('2026-11-22T11:00:00.000+01:00')).toBe('deleted');
        expect(await change({ ...second, ...delivery('b') })).toBe('superseded');
        expect(await subject.users()).toEqual({});
      });

      it('lets the change stand whose delivery was received last, whichever comes first', async () => {
        const early = { ...first, ...delivery('z', `${T}.1Z`) };
        const late = { ...second, ...delivery('a', `${T}.2Z`) };
        await change(early);
        expect(await change(late)).toBe('updated');
        expect(await change(early)).toBe('superseded');
        start();
        await change(late);
        expect(await change(early)).toBe('superseded');
        expect(await subject.users()).toEqual({ 'd|1': 'second@example.com' });
      });

      it('decides by the id between deliveries that were received at once', async () => {
        await change({ ...second, ...delivery('b') });
        expect(await change({ ...first, ...delivery('a') })).toBe('superseded');
        start();
        await change({ ...first, ...delivery('a') });
        expect(await change({ ...second, ...delivery('b') })).toBe('updated');
      });

      it('takes a change without a delivery for older than one with it, and for a repeat of another', async () => {
        await change(first);
        expect(await change(second)).toBe('superseded');
        expect(await change({ ...second, ...delivery('a') })).toBe('updated');
        expect(await change(first)).toBe('superseded');
      });
    });

    it('knows a delivery that comes again, also when it was received anew', async () => {
      await change({ ...first, ...delivery('a') });
      expect(await change({ ...first, ...delivery('a') })).toBe('superseded');
      expect(await change({ ...first, ...delivery('a', `${T}.9Z`) })).toBe('superseded');
      await remove(`${T}.5Z`);
      expect(await remove(`${T}.5Z`)).toBe('superseded');
    });

    it('refuses an address that another user has, until that one gives it up', async () => {
      await change(first, 'd|1');
      expect(await change({ ...first, occurredAt: `${T}.1Z` }, 'd|2')).toBe('409 USERS_EMAIL_TAKEN');
      await change({ ...second, occurredAt: `${T}.1Z` }, 'd|1');
      expect(await change({ ...first, occurredAt: `${T}.1Z` }, 'd|2')).toBe('created');
      expect(await subject.users()).toEqual({ 'd|1': 'second@example.com', 'd|2': 'first@example.com' });
    });

    it.each([
      ['on a day that no calendar has', '2026-02-31T10:00:00Z', '400 HTTP_REQUEST_INVALID'],
      ['without an offset', T, '400 HTTP_REQUEST_INVALID'],
      ['more than a day ahead', at(NOW_MS + DAY_MS + 1), '400 USERS_EVENT_AHEAD'],
      ['in another millennium', '9999-12-31T23:59:59-01:00', '400 USERS_EVENT_AHEAD'],
    ])('refuses an event %s, and forgets it', async (_what, occurredAt, answer) => {
      expect(await change({ ...first, occurredAt })).toBe(answer);
      expect(await remove(occurredAt)).toBe(answer);
      expect(await change(first)).toBe('created');
    });

    it('takes an event that is a day ahead', async () => {
      expect(await change({ ...first, occurredAt: at(NOW_MS + DAY_MS) })).toBe('created');
    });

    it('ends in what the newest of them says, whatever their order, repetition and spelling', async () => {
      await fc.assert(
        fc.asyncProperty(history, async (deliveries) => {
          start();
          const newest = new Map<string, SomeEvent>();
          for (const event of deliveries) {
            const { externalId, kind, occurredAt, email, received } = event;
            const outcome =
              kind === 'deletion'
                ? await remove(occurredAt, externalId)
                : await change({ email, occurredAt, ...delivery(email, received) }, externalId);
            const known = newest.get(externalId);
            const isNewer = known === undefined || rankOf(event) > rankOf(known);
            expect(outcome === 'superseded').toBe(!isNewer);
            if (isNewer) newest.set(externalId, event);
          }
          const standing = [...newest.values()].filter(({ kind }) => kind === 'change');
          expect(await subject.users()).toEqual(
            Object.fromEntries(standing.map(({ externalId, email }) => [externalId, email])),
          );
        }),
        { numRuns: 300 },
      );
    });
  });
}

/** The outcome, or status and code of the refusal. */
async function outcomeOf(call: Promise<{ readonly body: { readonly outcome: string } }>): Promise<string> {
  try {
    return (await call).body.outcome;
  } catch (error) {
    if (!(error instanceof UsersClientError)) throw error;
    return `${error.status} ${error.problem?.code}`;
  }
}

interface SomeEvent {
  readonly externalId: string;
  readonly kind: 'change' | 'deletion';
  readonly nanoseconds: number;
  /** The same moment, in one of its spellings. */
  readonly occurredAt: string;
  readonly received: string;
  /** Another one for each delivery. */
  readonly email: string;
}

/** A number whose order is that of the events, however close they are. */
function rankOf({ nanoseconds, kind, received, email }: SomeEvent): number {
  const ofDeletion = kind === 'deletion' ? 100_000 : 0;
  const ofDelivery =
    kind === 'deletion' ? 0 : Number(received.slice(-2, -1)) * 1000 + Number(email.slice(1, 4));
  return nanoseconds * 1_000_000 + ofDeletion + ofDelivery;
}

/** The moment so many nanoseconds after ten o'clock, with a fraction of three digits or more, in Greenwich or elsewhere. */
function spell(
  nanoseconds: number,
  { digits, hours }: { readonly digits: number; readonly hours: number },
): string {
  const fraction = String(nanoseconds).padStart(9, '0');
  const needed = Math.max(fraction.replace(/0+$/, '').length, digits);
  const hour = String(10 + hours).padStart(2, '0');
  const offset = hours === 0 ? 'Z' : `${hours < 0 ? '-' : '+'}0${Math.abs(hours)}:00`;
  return `2026-11-22T${hour}:00:00.${fraction.slice(0, needed)}${offset}`;
}

/** Few moments and few ids, so that ties are many; some deliveries come again, and all in any order. */
const history: fc.Arbitrary<readonly SomeEvent[]> = fc
  .array(
    fc.record({
      externalId: fc.constantFrom('d|1', 'd|2'),
      kind: fc.constantFrom('change' as const, 'change' as const, 'deletion' as const),
      nanoseconds: fc.constantFrom(0, 1, 1_000, 1_000_000, 1_000_001, 500_000_000),
      digits: fc.constantFrom(3, 6, 9),
      hours: fc.constantFrom(-2, 0, 1),
      received: fc.constantFrom(`${T}.1Z`, `${T}.2Z`),
      times: fc.constantFrom(1, 1, 2),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .chain((events) => {
    const deliveries = events.flatMap(({ times, digits, hours, ...event }, index) =>
      Array.from({ length: times }, () => ({
        ...event,
        occurredAt: spell(event.nanoseconds, { digits, hours }),
        email: `e${String(index).padStart(3, '0')}@example.com`,
      })),
    );
    return fc.shuffledSubarray(deliveries, { minLength: deliveries.length });
  });
