import type { BundleOutcome, BundleProcess } from '../bundle-process.ts';
import { AUTHORIZER_EVENTS, type AuthorizerEventKind, type TestHeaders } from '../events.ts';

/** What the client must see: let through to the handler, refused as unknown, refused as not permitted. */
export type Verdict = 200 | 401 | 403;

/** One request and the answer that is right for it. */
export interface AttackCase {
  readonly id: string;
  readonly class: string;
  readonly headers: TestHeaders;
  readonly expected: Verdict;
}

/** How many cases of a class were answered as they must be. */
export type ClassReport = Readonly<Record<string, { readonly right: number; readonly of: number }>>;

/** What the gateway would make of an outcome: 500 for every error but "Unauthorized". */
export function statusOf(outcome: BundleOutcome): number {
  if (outcome.error !== undefined) return outcome.error.message === 'Unauthorized' ? 401 : 500;
  const { policyDocument } = outcome.result as {
    policyDocument: { Statement: readonly { Effect: string }[] };
  };
  return policyDocument.Statement[0]?.Effect === 'Allow' ? 200 : 403;
}

/** The kinds of event that can carry a case: TOKEN has one value and nothing else, HTTP 1.0 one value of each name. */
export function kindsFor(attack: AttackCase): readonly AuthorizerEventKind[] {
  const names = Object.keys(attack.headers).filter((name) => name.toLowerCase() === 'authorization');
  const isTokenEvent = names.length === 1 && typeof attack.headers[names[0] ?? ''] === 'string';
  const kinds = Object.keys(AUTHORIZER_EVENTS) as AuthorizerEventKind[];
  const isRepeated = Object.values(attack.headers).some((value) => typeof value !== 'string');
  return kinds.filter(
    (kind) => (kind !== 'REST TOKEN' || isTokenEvent) && (kind !== 'HTTP 1.0' || !isRepeated),
  );
}

/** Sends a case as every kind of event that can carry it; gives the statuses, each once. */
export async function answersTo(bundle: BundleProcess, attack: AttackCase): Promise<readonly number[]> {
  const outcomes = await Promise.all(
    kindsFor(attack).map((kind) =>
      bundle.invoke('token', AUTHORIZER_EVENTS[kind]({ headers: attack.headers })),
    ),
  );
  return [...new Set(outcomes.map(statusOf))];
}

/** Prints how each class fared: a reader sees what was tried, not only that nothing failed. */
export function printReport(title: string, report: ClassReport): void {
  const rows = Object.entries(report).map(([name, { right, of }]) => `  ${name.padEnd(16)} ${right}/${of}`);
  process.stdout.write(`${title}\n${rows.join('\n')}\n`);
}

/** Counts answers by class as cases are run. */
export function createClassCounter() {
  const counts: Record<string, { right: number; of: number }> = {};
  return {
    count(attack: AttackCase, answers: readonly number[]): void {
      const entry = (counts[attack.class] ??= { right: 0, of: 0 });
      entry.of += 1;
      if (answers.length === 1 && answers[0] === attack.expected) entry.right += 1;
    },
    report: (): ClassReport => counts,
  };
}
