import type { AttackCase } from './attack-case.ts';
import { CLAIM_CASES } from './claim-cases.ts';
import { SIGNATURE_CASES } from './signature-cases.ts';
import { TRANSPORT_CASES } from './transport-cases.ts';

/** Every case of ours, by class; they are written from the rules, not from the shared data. */
export const ATTACK_CASES: readonly AttackCase[] = [...TRANSPORT_CASES, ...SIGNATURE_CASES, ...CLAIM_CASES];
