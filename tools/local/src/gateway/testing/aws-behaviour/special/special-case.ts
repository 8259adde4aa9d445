import type { RawRequest } from '../../raw-request.ts';
import type { GatewayFixture } from '../../start-gateway.ts';
import type { BehaviourCase } from '../cases.ts';

/** What a case says in prose, in code. */
export interface SpecialCase {
  readonly fixture?: (subject: BehaviourCase) => GatewayFixture;
  readonly request?: (subject: BehaviourCase) => RawRequest;
  readonly expected?: (subject: BehaviourCase) => BehaviourCase['expected'];
  /** Checks the whole case by itself. */
  readonly check?: (subject: BehaviourCase) => void | Promise<void>;
}

export type SpecialCases = Readonly<Record<string, SpecialCase>>;
