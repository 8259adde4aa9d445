import { helloRoutes } from './routes/hello.ts';
import { createInternalUserRoutes } from './routes/internal-users.ts';
import type { RouteDependencies, UsersHandlers } from './routes/route-dependencies.ts';
import { createUserRoutes } from './routes/users.ts';

/** A handler for each operation of the contract: one missing, or one too many, does not compile. */
export function createRoutes(dependencies: RouteDependencies): UsersHandlers {
  return {
    ...helloRoutes,
    ...createUserRoutes(dependencies),
    ...createInternalUserRoutes(dependencies),
  };
}
