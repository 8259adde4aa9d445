import type { Principal } from '@gatehouse/auth';
import type { Handlers } from '@gatehouse/http';
import type { UsersContract } from '@gatehouse/users-contract';
import type { UsersDependencies } from '../domain/dependencies.ts';

/** What the routes are made with. */
export interface RouteDependencies extends UsersDependencies {
  /** Path prefix under which a custom domain serves the API; empty for none. */
  readonly basePath?: string;
}

export type UsersHandlers = Handlers<UsersContract, Principal>;
