import type { Contract } from './operation.ts';

/** The table as it is, with every literal kept in its type. */
export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}
