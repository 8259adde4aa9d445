import { usersContract } from '@gatehouse/users-contract';
import type { Transport } from '@gatehouse/users-contract/client';

/** Where an event stands among those of its external id; later ones are greater, member by member. */
type Place = readonly [nanoseconds: bigint, isDeletion: boolean, receivedAt: bigint, deliveryId: string];

interface Link {
  readonly place: Place;
  readonly email: string | undefined;
}

/** What a call is answered. */
export interface Answer {
  readonly status: number;
  readonly code?: string;
  readonly outcome?: string;
}

const DAY_MS = 86_400_000;

/**
 * The users API's internal operations in memory, by the contract's words: `describeExternalEvents` holds it to what the users API
 * itself does.
 */
export class MemoryUsersApi {
  readonly links = new Map<string, Link>();
  /** How many events changed something. */
  effects = 0;
  /** What every call is answered while set: 503 when the API is down. */
  answer: Answer | undefined;
  readonly #clock: () => number;

  /** @param clock epoch milliseconds. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  readonly transport: Transport = async (request) => {
    const url = new URL(request.url);
    const externalId = decodeURIComponent(url.pathname.slice('/internal/users/'.length));
    const { status, ...body } =
      this.answer ??
      (request.method === 'DELETE'
        ? await this.#delete(externalId, Object.fromEntries(url.searchParams))
        : await this.#upsert(externalId, JSON.parse(request.body ?? 'null')));
    return { status, headers: {}, body: Buffer.from(JSON.stringify({ status, ...body })) };
  };

  /** Emails of the users that there are, by external id. */
  users(): Record<string, string> {
    return Object.fromEntries(
      [...this.links].flatMap(([id, { email }]) => (email === undefined ? [] : [[id, email]])),
    );
  }

  async #upsert(externalId: string, input: unknown): Promise<Answer> {
    const read = await usersContract.upsertExternalUser.request.body['~standard'].validate(input);
    if (read.issues !== undefined) return invalid;
    const { email, occurredAt, delivery } = read.value;
    if (this.#isAhead(occurredAt)) return ahead;
    const before = this.links.get(externalId);
    const received = delivery === undefined ? -1n : nanoseconds(delivery.receivedAt);
    const place: Place = [nanoseconds(occurredAt), false, received, delivery?.id ?? ''];
    const isRepeat = place[3] === before?.place[3] && place[0] === before.place[0];
    if (isRepeat || !isGreater(place, before?.place)) return superseded;
    if ([...this.links].some(([id, link]) => id !== externalId && link.email === email)) {
      return { status: 409, code: 'USERS_EMAIL_TAKEN' };
    }
    this.#set(externalId, { place, email });
    return { status: 200, outcome: before?.email === undefined ? 'created' : 'updated' };
  }

  async #delete(externalId: string, input: unknown): Promise<Answer> {
    const read = await usersContract.deleteExternalUser.request.query['~standard'].validate(input);
    if (read.issues !== undefined) return invalid;
    const { occurredAt } = read.value;
    if (this.#isAhead(occurredAt)) return ahead;
    const before = this.links.get(externalId);
    const place: Place = [nanoseconds(occurredAt), true, 0n, ''];
    if (!isGreater(place, before?.place)) return superseded;
    this.#set(externalId, { place, email: undefined });
    return { status: 200, outcome: before?.email === undefined ? 'unchanged' : 'deleted' };
  }

  #isAhead(occurredAt: string): boolean {
    return Date.parse(occurredAt) > this.#clock() + DAY_MS;
  }

  #set(externalId: string, link: Link): void {
    this.effects++;
    this.links.set(externalId, link);
  }
}

const invalid: Answer = { status: 400, code: 'HTTP_REQUEST_INVALID' };
const ahead: Answer = { status: 400, code: 'USERS_EVENT_AHEAD' };
const superseded: Answer = { status: 200, outcome: 'superseded' };

function nanoseconds(moment: string): bigint {
  const fraction = /\.(\d+)/.exec(moment)?.[1] ?? '';
  const seconds = Date.parse(moment.replace(/\.\d+/, '')) / 1000;
  return BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
}

function isGreater(place: Place, other: Place | undefined): boolean {
  if (other === undefined) return true;
  const at = place.findIndex((member, index) => member !== other[index]);
  return at !== -1 && place[at]! > other[at]!;
}
