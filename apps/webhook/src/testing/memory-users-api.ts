import type { Transport } from '@gatehouse/users-contract/client';

interface Link {
  readonly occurredAt: number;
  readonly email: string | undefined;
}

/** The users API's internal operations in memory, by the contract's words: the newest `occurredAt` wins. */
export class MemoryUsersApi {
  readonly links = new Map<string, Link>();
  /** How many events changed something. */
  effects = 0;
  /** What every call is answered while set: 503 when the API is down. */
  answer: { readonly status: number; readonly code: string } | undefined;

  readonly transport: Transport = (request) => {
    const url = new URL(request.url);
    const externalId = decodeURIComponent(url.pathname.slice('/internal/users/'.length));
    const body = request.body === undefined ? {} : (JSON.parse(request.body) as Record<string, string>);
    const { status, ...answer } = this.answer ?? {
      status: 200,
      outcome: this.#apply(
        externalId,
        body['email'],
        body['occurredAt'] ?? url.searchParams.get('occurredAt'),
      ),
    };
    return Promise.resolve({ status, headers: {}, body: Buffer.from(JSON.stringify(answer)) });
  };

  /** Emails of the users that there are, by external id. */
  users(): Record<string, string> {
    return Object.fromEntries(
      [...this.links].flatMap(([id, { email }]) => (email === undefined ? [] : [[id, email]])),
    );
  }

  #apply(externalId: string, email: string | undefined, occurredAt: string | null | undefined): string {
    const moment = Date.parse(occurredAt ?? '');
    const before = this.links.get(externalId);
    if (before !== undefined && before.occurredAt >= moment) return 'superseded';
    this.effects++;
    this.links.set(externalId, { occurredAt: moment, email });
    if (email === undefined) return 'deleted';
    return before === undefined ? 'created' : 'updated';
  }
}
