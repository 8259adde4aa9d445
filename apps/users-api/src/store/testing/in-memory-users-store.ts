import { UsersError } from '../../model/errors.ts';
import { toListPosition } from '../../model/list-position.ts';
import type { ExternalLink, User } from '../../model/user.ts';
import { creationName } from '../creation-name.ts';
import type { CreateCall, LinkChange, ListPage, StoreCall, UsersStore } from '../users-store.ts';

interface Tables {
  readonly users: Map<string, User>;
  readonly emails: Map<string, string>;
  readonly subjects: Map<string, { readonly userId: string; readonly creation: string }>;
  readonly links: Map<string, ExternalLink>;
}

/** A surrogate without its other half (Unicode 3.9, D84): text that has it has no UTF-8 form. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** DynamoDB's answer to a request that is no UTF-8 JSON: not one of the port's errors, since no caller may cause it. */
function unserializable(): Error {
  return Object.assign(new Error('Text without a UTF-8 form.'), { name: 'SerializationException' });
}

/** The port in plain maps, for tests: each method is one synchronous step, so that writes never interleave. */
export function createInMemoryUsersStore(): UsersStore {
  const { users, emails, subjects, links }: Tables = {
    users: new Map(),
    emails: new Map(),
    subjects: new Map(),
    links: new Map(),
  };

  function assertLinkCurrent(link: LinkChange | undefined): void {
    if (link !== undefined && !isSameLink(links.get(link.to.externalId), link.from)) {
      throw new UsersError('USERS_VERSION_STALE', 'The link has changed.');
    }
  }

  function assertCurrent(user: User): void {
    if (users.get(user.id)?.version !== user.version) {
      throw new UsersError('USERS_VERSION_STALE', 'The user has changed.');
    }
  }

  function assertEmailFree(user: User): void {
    const owner = emails.get(user.email);
    if (owner !== undefined && owner !== user.id) {
      throw new UsersError('USERS_EMAIL_TAKEN', 'Another user has this email.');
    }
  }

  function put(user: User, link: LinkChange | undefined): void {
    users.set(user.id, structuredClone(user));
    emails.set(user.email, user.id);
    putLink(link);
  }

  function putLink(link: LinkChange | undefined): void {
    if (link !== undefined) {
      links.set(link.to.externalId, structuredClone(link.to));
    }
  }

  function create(user: User, { writeToken, link }: CreateCall): User {
    const creation = creationName(writeToken, user);
    const reservation = subjects.get(user.subject);
    if (reservation !== undefined) {
      const earlier = reservation.creation === creation ? users.get(reservation.userId) : undefined;
      if (earlier !== undefined) {
        return earlier;
      }
      throw new UsersError('USERS_SUBJECT_TAKEN', 'The subject has a user already.');
    }
    assertEmailFree(user);
    assertLinkCurrent(link);
    put(user, link);
    subjects.set(user.subject, { userId: user.id, creation });
    return user;
  }

  function list({ limit, order, after }: ListPage) {
    const sign = order === 'asc' ? 1 : -1;
    const rest = [...users.values()]
      .map((user) => ({ user, position: toListPosition(user) }))
      .filter(
        ({ position }) => after === undefined || (position > after ? sign > 0 : position < after && sign < 0),
      )
      .sort((a, b) => (a.position < b.position ? -sign : sign));
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    return {
      users: page.map(({ user }) => user),
      ...(rest.length > limit && last !== undefined ? { next: last.position } : {}),
    };
  }

  /** What a store does first: a call whose caller has gone is not made, nor one with text that cannot be sent. */
  function open({ signal }: StoreCall = {}, ...sent: readonly (string | object | undefined)[]): void {
    if (signal?.aborted === true) {
      throw new UsersError('USERS_STORE_UNAVAILABLE', 'The caller has gone.', { cause: signal.reason });
    }
    const texts = sent.flatMap((part) => (typeof part === 'object' ? Object.values(part) : [part]));
    if (texts.some((text) => typeof text === 'string' && LONE_SURROGATE.test(text))) throw unserializable();
  }

  return {
    get: async (id, call) => {
      open(call, id);
      return users.get(id);
    },
    getBySubject: async (subject, call) => {
      open(call, subject);
      return users.get(subjects.get(subject)?.userId ?? '');
    },
    getExternalLink: async (externalId, call) => {
      open(call, externalId);
      return links.get(externalId);
    },
    create: async (user, call) => {
      open(call, user, call.link?.to);
      return create(user, call);
    },
    replace: async (previous, next, call = {}) => {
      open(call, next, call.link?.to);
      assertCurrent(previous);
      assertEmailFree(next);
      assertLinkCurrent(call.link);
      emails.delete(previous.email);
      put(next, call.link);
    },
    delete: async (user, call = {}) => {
      open(call, call.link?.to);
      assertCurrent(user);
      assertLinkCurrent(call.link);
      users.delete(user.id);
      emails.delete(user.email);
      subjects.delete(user.subject);
      putLink(call.link);
    },
    changeExternalLink: async (link, call) => {
      open(call, link.to);
      assertLinkCurrent(link);
      putLink(link);
    },
    list: async (page, call) => {
      open(call, page.after);
      return list(page);
    },
  };
}

function isSameLink(a: ExternalLink | undefined, b: ExternalLink | undefined): boolean {
  return a?.occurredAt === b?.occurredAt && a?.delivery?.id === b?.delivery?.id && a?.userId === b?.userId;
}
