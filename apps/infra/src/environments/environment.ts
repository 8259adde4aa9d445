import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as v from 'valibot';

const wholeNumber = (least: number, most: number) =>
  v.pipe(
    v.number(),
    v.integer(),
    v.minValue(least, `must be at least ${least}`),
    v.maxValue(most, `must be at most ${most}`),
  );

const httpsUrl = v.pipe(v.string(), v.regex(/^https:\/\/[^\s]+$/, 'must be an https URL'));

/** An origin as browsers send it: scheme and host, no path, no trailing slash. */
const origin = v.pipe(
  v.string(),
  v.regex(/^(\*|https?:\/\/[a-z0-9.-]+(:\d+)?)$/, 'must be an origin such as https://app.example, or *'),
);

const functionSettings = v.strictObject({
  memoryMb: wholeNumber(128, 10_240),
  timeoutSeconds: wholeNumber(1, 900),
  /** Absent: no reservation. New accounts have 10 in all, and AWS refuses to leave fewer than 10 unreserved. */
  reservedConcurrency: v.optional(wholeNumber(1, 1000)),
});

const issuer = v.strictObject({
  issuer: httpsUrl,
  algorithms: v.pipe(
    v.array(v.picklist(['HS256', 'RS256', 'PS256', 'ES256', 'EdDSA'])),
    v.minLength(1, 'must name at least one algorithm'),
  ),
  /** `internal`: the generated HS256 secret of this environment. Else the key set's address. */
  keys: v.union([v.literal('internal'), v.strictObject({ jwksUri: httpsUrl })]),
  /** Accepted `typ` header values; null: may be absent. */
  typ: v.pipe(v.array(v.nullable(v.string())), v.minLength(1, 'must accept at least one typ, or null')),
  audience: v.pipe(v.array(v.string()), v.minLength(1, 'must name at least one audience')),
  audienceClaim: v.optional(v.string()),
  tokenUse: v.optional(v.string()),
  scopeClaim: v.optional(v.string()),
  clockToleranceSeconds: wholeNumber(0, 300),
});

const webhookProvider = v.strictObject({
  scheme: v.picklist(['standard-webhooks', 'github', 'stripe', 'slack']),
  secretEncoding: v.picklist(['whsec', 'base64', 'utf8', 'hex']),
  toleranceSeconds: wholeNumber(1, 3600),
});

/** What one environment is. Every member is checked when the table is read. */
export const environmentSchema = v.strictObject({
  region: v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as eu-central-1')),
  /** What becomes of tables, secrets and logs when their stack is destroyed. */
  removal: v.picklist(['destroy', 'retain']),
  fronts: v.pipe(
    v.array(v.picklist(['http', 'rest'])),
    v.minLength(1, 'must name at least one front'),
    v.check((fronts) => new Set(fronts).size === fronts.length, 'names a front twice'),
  ),
  logLevel: v.picklist(['DEBUG', 'INFO', 'WARN', 'ERROR']),
  /** One of the periods that CloudWatch Logs knows. */
  logRetentionDays: v.pipe(v.number(), v.enum(RetentionDays)),
  tracing: v.boolean(),
  /** Ship source maps and have Node read them: readable stacks, for a slower cold start. */
  sourceMaps: v.boolean(),
  functions: v.strictObject({
    usersApi: functionSettings,
    authorizer: functionSettings,
    webhookReceiver: functionSettings,
  }),
  authorizer: v.strictObject({
    /** 0 turns the cache off. */
    ttlSeconds: wholeNumber(0, 3600),
    maxTokenBytes: wholeNumber(256, 16_384),
    /** A token with none of these scopes is denied. */
    anyScope: v.optional(v.pipe(v.array(v.string()), v.minLength(1))),
    issuers: v.pipe(v.array(issuer), v.minLength(1, 'must name at least one issuer')),
  }),
  cors: v.strictObject({
    origins: v.pipe(v.array(origin), v.minLength(1, 'must name at least one origin')),
    credentials: v.boolean(),
    maxAgeSeconds: wholeNumber(0, 86_400),
  }),
  /** The stage's limits; a limit per operation is the contract's. */
  throttle: v.strictObject({
    ratePerSecond: wholeNumber(1, 10_000),
    burst: wholeNumber(1, 5_000),
  }),
  webhook: v.strictObject({
    /** By path segment: `POST /webhooks/{segment}`. */
    providers: v.record(
      v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be a path segment')),
      webhookProvider,
    ),
  }),
});

type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;

/** One environment as it is written in the table. */
export type EnvironmentSettings = Frozen<v.InferInput<typeof environmentSchema>>;
/** How large a function is, and how long it may take. */
export type FunctionSettings = Frozen<v.InferOutput<typeof functionSettings>>;

/** An environment that was checked, with its name. */
export interface Environment extends Frozen<v.InferOutput<typeof environmentSchema>> {
  /** Lower-case letters, digits and dashes; part of every name and URL. */
  readonly name: string;
}
