import type { Operation } from '../contract/operation.ts';
import type { Environment } from '../environments/environment.ts';
import type { Problem } from '../errors.ts';

/** Operations that the environment wants routed for callers that sign, and that cannot be: each with the reason. */
export function iamRouteRefusals(
  { name, iamRoutes = [] }: Environment,
  operations: readonly Operation[],
): readonly Problem[] {
  return iamRoutes.flatMap((id, index) => {
    const reason = reasonAgainst(operations.find((operation) => operation.id === id));
    return reason === undefined ? [] : [{ at: `${name}.iamRoutes.${index}`, message: `${id} ${reason}` }];
  });
}

function reasonAgainst(operation: Operation | undefined): string | undefined {
  switch (operation?.access.kind) {
    case undefined:
      return 'is no operation of the contract';
    case 'public':
      return 'is public: it asks nobody who calls';
    case 'internal':
      return 'is internal: the internal function URL alone has it, and takes signatures always';
    case 'scopes':
      return undefined;
  }
}
