import type { Front } from '../environments/schema/fronts.ts';
import { CAPABILITIES, type CapabilityName } from './capabilities.ts';

/** What a person may need of a front, by the word of the command line. */
export interface Need {
  /** As a question. */
  readonly question: string;
  readonly fronts: readonly Front[];
}

const capability = (name: CapabilityName) => CAPABILITIES[name].fronts;

/** Needs by option of `nx run infra:choose`; those that a front lacks at synth take its list from there. */
export const NEEDS = {
  waf: { question: 'a firewall (AWS WAF)', fronts: capability('waf') },
  private: { question: 'reachable from a network only', fronts: capability('privateEndpoint') },
  'usage-plans': { question: 'API keys with quotas', fronts: capability('usagePlans') },
  cache: { question: 'answers from a cache', fronts: capability('cache') },
  'request-validation': {
    question: 'refusing malformed requests before the function runs',
    fronts: capability('requestValidation'),
  },
  backends: { question: 'routes to another HTTP service', fronts: capability('backends') },
  'own-errors': { question: 'errors of the front itself as problem details', fronts: ['rest'] },
  authorizer: { question: 'a shared, cached authorizer', fronts: ['http', 'rest'] },
  throttle: { question: 'a limit per second', fronts: ['http', 'rest'] },
  domain: { question: 'a host name of one’s own, without CloudFront', fronts: ['http', 'rest'] },
  'cors-patterns': { question: 'CORS origins by pattern or per operation', fronts: ['rest', 'url'] },
  'long-requests': { question: 'answers that take more than 30 seconds', fronts: ['url'] },
  internal: { question: 'calls of other services only, signed with IAM', fronts: ['url', 'http', 'rest'] },
} as const satisfies Readonly<Record<string, Need>>;

export type NeedName = keyof typeof NEEDS;

export interface Facts {
  readonly title: string;
  /** What the front adds to a request, in their order; measure your own. */
  readonly addedLatency: string;
  /** List price of a million requests, without the function; see `nx run infra:cost`. */
  readonly usdPerMillion: number;
}

export const FRONT_FACTS: Readonly<Record<Front, Facts>> = {
  url: { title: 'function URL', addedLatency: 'lowest, since nothing stands between', usdPerMillion: 0 },
  http: { title: 'HTTP API', addedLatency: 'low', usdPerMillion: 1 },
  rest: { title: 'REST API', addedLatency: 'higher', usdPerMillion: 3.5 },
};

export interface Choice {
  /** Cheapest first; empty when no single front has everything. */
  readonly fits: readonly Front[];
  /** Why the others do not. */
  readonly lacks: Readonly<Partial<Record<Front, readonly NeedName[]>>>;
  /** What to set in environments.ts. */
  readonly recommended: Front | undefined;
}

const BY_PRICE: readonly Front[] = ['url', 'http', 'rest'];

/**
 * The fronts that have all of it. The HTTP API is the default: a function URL is recommended only where it alone will do, or for
 * internal callers, since it has no authorizer, no limits and no host name of one's own.
 */
export function choose(needs: readonly NeedName[]): Choice {
  const lacking = (front: Front) => needs.filter((need) => !hasNeed(need, front));
  const fits = BY_PRICE.filter((front) => lacking(front).length === 0);
  const lacks = Object.fromEntries(
    BY_PRICE.filter((front) => !fits.includes(front)).map((front) => [front, lacking(front)]),
  );
  const preferred: readonly Front[] = needs.includes('internal') ? BY_PRICE : ['http', 'rest', 'url'];
  return { fits, lacks, recommended: preferred.find((front) => fits.includes(front)) };
}

function hasNeed(need: NeedName, front: Front): boolean {
  const { fronts }: Need = NEEDS[need];
  return fronts.includes(front);
}
