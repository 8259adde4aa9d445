import type { Front } from '../environments/schema/fronts.ts';

/** Something that an environment may ask for and that not every front has. */
export interface Capability {
  /** What it is called in a sentence. */
  readonly name: string;
  /** The fronts that have it. */
  readonly fronts: readonly Front[];
  /**
   * `every`: it protects, so that one front without it would be a way around; every front of the environment has to
   * have it. `some`: it is there where it can be, and one of the environment's fronts has to have it.
   */
  readonly needs: 'every' | 'some';
  /** What to do on the fronts that do not have it. */
  readonly elsewhere?: string;
}

/** By the member of the environment that asks for it; `http`, `rest` and `url` in the order of cost. */
export const CAPABILITIES = {
  waf: {
    name: 'a web ACL',
    fronts: ['rest'],
    needs: 'every',
    elsewhere: 'before a function URL, CloudFront can have one (edge)',
  },
  privateEndpoint: { name: 'a private endpoint', fronts: ['rest'], needs: 'every' },
  usagePlans: { name: 'usage plans and API keys', fronts: ['rest'], needs: 'every' },
  cache: { name: 'a cache', fronts: ['rest'], needs: 'some' },
  requestValidation: {
    name: 'request validation',
    fronts: ['rest'],
    needs: 'some',
    elsewhere: 'users-api checks every request by the same schemas on every front',
  },
  compressionMinBytes: {
    name: 'compression by the front',
    fronts: ['rest'],
    needs: 'some',
    elsewhere: 'users-api compresses by itself on the other fronts',
  },
  binaryMediaTypes: {
    name: 'binary media types',
    fronts: ['rest'],
    needs: 'some',
    elsewhere: 'the other fronts pass bytes as they are',
  },
  backends: { name: 'routes to another HTTP service', fronts: ['http', 'rest'], needs: 'some' },
  iamRoutes: {
    name: 'routes for callers that sign',
    fronts: ['http', 'rest'],
    needs: 'every',
    elsewhere: 'the internal function URL takes signatures always, for internal operations',
  },
} as const satisfies Readonly<Record<string, Capability>>;

export type CapabilityName = keyof typeof CAPABILITIES;

const FRONT_NAMES: Readonly<Record<Front, string>> = {
  http: 'an HTTP API',
  rest: 'a REST API',
  url: 'a function URL',
};

/** `an HTTP API or a REST API`. */
export function nameFronts(fronts: readonly Front[]): string {
  return fronts.map((front) => FRONT_NAMES[front]).join(' or ');
}
