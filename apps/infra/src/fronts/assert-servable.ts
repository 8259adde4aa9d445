import type { Operation } from '../contract/operation.ts';
import type { Environment } from '../environments/environment.ts';
import { InfraError, type InfraErrorCode, type Problem } from '../errors.ts';
import { cacheRefusals } from './cache-refusals.ts';
import { frontRefusals } from './front-refusals.ts';
import { iamRouteRefusals } from './iam-route-refusals.ts';

/**
 * @throws InfraError when the environment's fronts cannot serve the operations as it asks: `INFRA_ENVIRONMENT_INVALID` for an
 *   IAM route that there is not, `INFRA_FRONT_CANNOT` for what a front does not have, `INFRA_CACHE_UNSAFE` for a cached
 *   operation whose answer depends on the caller.
 */
export function assertServable(environment: Environment, operations: readonly Operation[]): void {
  refuse('INFRA_ENVIRONMENT_INVALID', iamRouteRefusals(environment, operations));
  refuse('INFRA_FRONT_CANNOT', frontRefusals(environment, operations));
  refuse('INFRA_CACHE_UNSAFE', cacheRefusals(environment, operations));
}

function refuse(code: InfraErrorCode, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new InfraError(code, problems);
}
