import type { Principal } from '@gatehouse/auth';
import { SCOPES } from '@gatehouse/users-contract';
import type { Actor } from '../domain/actor.ts';

/** A principal as the domain's rules see it. Only a token's subject can own a record; a service or a key owns none. */
export function toActor(principal: Principal): Actor {
  return {
    admin: principal.scopes.includes(SCOPES.admin),
    ...(principal.kind === 'user' ? { subject: principal.subject } : {}),
  };
}
