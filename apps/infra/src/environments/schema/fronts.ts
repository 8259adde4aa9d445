import * as v from 'valibot';
import { cidr, distinct, hostName, httpsUrl, parameterPath, throttle, wholeNumber } from './values.ts';

/** What stands before users-api; several at once are one function behind several addresses. */
export const fronts = distinct(v.picklist(['http', 'rest', 'url']));

export type Front = v.InferOutput<typeof fronts>[number];

/**
 * An origin as browsers send it (scheme, host, port; no path, no final slash), `*` for all, or a pattern with `*` for the
 * leftmost label.
 */
const origin = v.pipe(
  v.string(),
  v.regex(
    /^(\*|https?:\/\/(\*\.)?[a-z0-9.-]+(:\d+)?)$/,
    'must be an origin such as https://app.example, https://*.example or *',
  ),
);

/** Who may call from a browser. */
export const cors = v.pipe(
  v.strictObject({
    origins: distinct(origin),
    credentials: v.boolean(),
    maxAgeSeconds: wholeNumber(0, 86_400),
  }),
  v.forward(
    // Fetch standard, 3.2.5: with credentials, `*` is a name like any other and matches nobody.
    v.check(
      ({ credentials, origins }) => !credentials || !origins.includes('*'),
      'cannot be true while every origin is allowed',
    ),
    ['credentials'],
  ),
);

/** A host name of one's own for a distribution, with its certificate, and optionally its DNS record. */
export const edgeDomain = v.strictObject({
  name: hostName,
  /** Parameter with the ARN of an ACM certificate; of us-east-1 for CloudFront. */
  certificateParameter: parameterPath,
  /** A public zone of Route 53, for the alias record. Absent: the record is made elsewhere. */
  hostedZone: v.optional(v.strictObject({ name: hostName, idParameter: parameterPath })),
});

export type EdgeDomain = v.InferOutput<typeof edgeDomain>;

/** The same for an API, which may be at a path below the name. */
export const customDomain = v.strictObject({
  ...edgeDomain.entries,
  /** `v1`, or `teams/users`. Absent: the API is at the root. */
  basePath: v.optional(
    v.pipe(v.string(), v.regex(/^[\w.~-]+(\/[\w.~-]+)*$/, 'must be a path without slashes at its ends')),
  ),
});

export type CustomDomain = v.InferOutput<typeof customDomain>;

/** A web ACL: AWS's managed rules, and a limit for each address. */
export const firewall = v.strictObject({
  /** Requests that one address may make in five minutes. */
  requestsPerFiveMinutes: wholeNumber(10, 2_000_000_000),
});

export type Firewall = v.InferOutput<typeof firewall>;

/** The REST API's cache. Which operations are cached, how long and by what, the contract says. */
export const cache = v.strictObject({
  sizeGb: v.picklist([0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237]),
});

/** Limits and quotas for clients that have a key. */
export const usagePlans = v.strictObject({
  /** `header`: the x-api-key header. `authorizer`: the key that the request authorizer returns. */
  keySource: v.picklist(['header', 'authorizer']),
  plans: distinct(
    v.strictObject({
      name: v.pipe(
        v.string(),
        v.regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be lower-case letters, digits and dashes'),
      ),
      throttle,
      quota: v.optional(
        v.strictObject({
          requests: wholeNumber(1, 2_147_483_647),
          per: v.picklist(['DAY', 'WEEK', 'MONTH']),
        }),
      ),
      /** A key is generated for each. */
      clients: distinct(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,30}$/))),
    }),
  ),
});

/** A REST API that is reached from inside a network only. */
export const privateEndpoint = v.strictObject({
  vpcIdParameter: parameterPath,
  /** A parameter of type StringList. */
  subnetIdsParameter: parameterPath,
  /** Who may open a connection to the endpoint. */
  allowedCidrs: distinct(cidr),
});

/** An HTTP service behind the same API, by proxy integration. */
export const backend = v.pipe(
  v.strictObject({
    name: v.pipe(
      v.string(),
      v.regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be lower-case letters, digits and dashes'),
    ),
    /** Such as `/reports/{proxy+}`. */
    path: v.pipe(
      v.string(),
      v.regex(/^(\/([\w.~-]+|\{\w+\}))*\/(\{\w+\+\}|[\w.~-]+|\{\w+\})$/, 'must be a path template'),
    ),
    methods: distinct(v.picklist(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])),
    /** With the path's parameters by name, without `+`: `https://reports.example/{proxy}`. */
    url: httpsUrl,
    access: v.picklist(['public', 'authorized']),
    timeoutMs: wholeNumber(50, 29_000),
  }),
  v.forward(
    v.check(({ path, url }) => {
      const names = (text: string) => [...text.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name);
      return names(url).every((name) => names(path).includes(name));
    }, 'names a parameter that the path does not have'),
    ['url'],
  ),
);

export type Backend = v.InferOutput<typeof backend>;
