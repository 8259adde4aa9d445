import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as v from 'valibot';
import { authorizerSettings } from './schema/authorizer.ts';
import {
  backend,
  cache,
  cors,
  customDomain,
  firewall,
  fronts,
  privateEndpoint,
  usagePlans,
} from './schema/fronts.ts';
import { canary, functionSettings } from './schema/functions.ts';
import { delivery, edge, observability } from './schema/operations.ts';
import { distinct, throttle, wholeNumber } from './schema/values.ts';
import { webhookSettings } from './schema/webhook.ts';

/** What one environment is. Every member is checked when the table is read; an unknown one is refused. */
export const environmentSchema = v.strictObject({
  region: v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as eu-central-1')),
  /** What becomes of tables, secrets and logs when their stack is destroyed. */
  removal: v.picklist(['destroy', 'retain']),
  fronts,
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
    webhookProcessor: functionSettings,
  }),
  /** Absent: a deployment replaces users-api at once. */
  canary: v.optional(canary),
  authorizer: authorizerSettings,
  cors,
  /** The stage's limits; a limit for one operation is the contract's. */
  throttle,
  /**
   * Operations, by their id in the contract, that the APIs route with IAM authorization: callers sign with SigV4 in place of
   * showing a token. Internal operations are never among them: the internal URL alone has these.
   */
  iamRoutes: v.optional(distinct(v.pipe(v.string(), v.regex(/^\w+$/, "must be an operation's id")))),
  /** REST API: check requests against the contract's models before the function is called. */
  requestValidation: v.boolean(),
  /** REST API: compress answers of at least so many bytes. Elsewhere users-api compresses by itself. */
  compressionMinBytes: v.optional(wholeNumber(0, 10_485_760)),
  /** REST API: media types that are bytes to it. */
  binaryMediaTypes: v.optional(v.array(v.pipe(v.string(), v.regex(/^(\*|[\w.+-]+)\/(\*|[\w.+-]+)$/)))),
  cache: v.optional(cache),
  usagePlans: v.optional(usagePlans),
  waf: v.optional(firewall),
  privateEndpoint: v.optional(privateEndpoint),
  domains: v.optional(v.strictObject({ http: v.optional(customDomain), rest: v.optional(customDomain) })),
  backends: v.optional(v.array(backend)),
  webhook: webhookSettings,
  edge: v.optional(edge),
  observability: v.optional(observability),
  delivery: v.optional(delivery),
});

type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;

/** One environment as it is written in the table. */
export type EnvironmentSettings = Frozen<v.InferInput<typeof environmentSchema>>;

/** An environment that was checked, with its name. */
export interface Environment extends Frozen<v.InferOutput<typeof environmentSchema>> {
  /** Lower-case letters, digits and dashes; part of every name and URL. */
  readonly name: string;
}
