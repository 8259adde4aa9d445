/** Content codings that this library makes, best first: measured on JSON of 1-100 KB for time and size. */
export const CODINGS = ['zstd', 'br', 'gzip'] as const;
export type Coding = (typeof CODINGS)[number];

export interface Negotiated {
  /** The best coding that the caller takes; `undefined`: none of those on offer. */
  readonly coding: Coding | undefined;
  /** `identity;q=0`, or `*;q=0` without a word of identity: the caller would rather not have it uncoded. */
  readonly refusesIdentity: boolean;
}

/** A member with its weight; what follows other than `q` is ignored (RFC 9110 12.4.2: at most three decimals). */
const MEMBER = /^\s*([\w!#$%&'*+\-.^`|~]+)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?$/i;

/**
 * RFC 9110 12.5.3. The highest weight wins, among equals the first on offer; 0 refuses; `*` stands for what is not
 * named; `x-gzip` is gzip. A member that is malformed is passed over. Without the header nothing is coded: a
 * client that can decode says so.
 */
export function negotiateCoding(header: string | undefined, offered: readonly Coding[]): Negotiated {
  if (header === undefined) return { coding: undefined, refusesIdentity: false };
  const weights = new Map<string, number>();
  for (const member of header.split(',')) {
    const [, name, q] = MEMBER.exec(member) ?? [];
    if (name === undefined) continue;
    const coding = name.toLowerCase();
    const weight = Math.min(1, Number(q ?? 1));
    weights.set(coding === 'x-gzip' ? 'gzip' : coding, weight);
  }
  const others = weights.get('*') ?? 0;
  let best: Coding | undefined;
  let bestWeight = 0;
  for (const coding of offered) {
    const weight = weights.get(coding) ?? others;
    if (weight > bestWeight) [best, bestWeight] = [coding, weight];
  }
  const identity = weights.get('identity') ?? (weights.get('*') === 0 ? 0 : undefined);
  const prefersIdentity = identity !== undefined && identity > bestWeight;
  return { coding: prefersIdentity ? undefined : best, refusesIdentity: identity === 0 };
}
