import { WEBHOOK_SCHEMES } from '@gatehouse/auth';
import * as v from 'valibot';
import type { Provider } from './receiver/provider.ts';

/** What the receiver's environment says. */
export interface ReceiverConfig {
  /** `DELIVERIES_TABLE`. */
  readonly deliveriesTable: string;
  /** `WEBHOOK_PROVIDERS`, JSON: path segment to scheme, secret, encoding and tolerance. */
  readonly providers: readonly Provider[];
  /** `DELIVERY_RETENTION_HOURS`; 168 when unset. How long a delivery is kept, known as a duplicate and replayable. */
  readonly retentionSeconds: number;
  /** `ORIGIN_SECRET_ID`: set where CloudFront stands before the URL; requests without its secret are refused. */
  readonly originSecretId?: string;
}

/** What the processor's environment says. */
export interface ProcessorConfig {
  /** `DELIVERIES_TABLE`. */
  readonly deliveriesTable: string;
  /** `USERS_API_URL`: the internal function URL of users-api. */
  readonly usersApiUrl: string;
  /** `GIVE_UP_SECONDS`; 3600 when unset. How long a delivery is tried before it is `failed`. */
  readonly giveUpSeconds: number;
}

/** Longer than a stream keeps records (24 h) and than senders go on retrying (72 h for most). */
const MIN_RETENTION_HOURS = 76;
/** How long a delivery is tried where the environment does not say. */
export const DEFAULT_GIVE_UP_SECONDS = 3600;
/** A week: replays have to outlast a weekend. */
export const DEFAULT_RETENTION_HOURS = 168;

const secretName = v.pipe(v.string(), v.minLength(1));
const providersSchema = v.record(
  v.pipe(v.string(), v.regex(/^[a-z0-9](?:[a-z0-9-]{0,62})$/)),
  v.pipe(
    v.strictObject({
      scheme: v.picklist(WEBHOOK_SCHEMES),
      secretArn: v.optional(secretName),
      secretId: v.optional(secretName),
      secretEncoding: v.picklist(['whsec', 'base64', 'utf8', 'hex']),
      toleranceSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3600)), 300),
    }),
    v.check(({ secretArn, secretId }) => (secretArn === undefined) !== (secretId === undefined)),
  ),
);

/**
 * Reads and checks the receiver's variables, once, at start.
 *
 * @throws {TypeError} naming the variable that is missing or wrong.
 */
export function readReceiverConfig(env: NodeJS.ProcessEnv = process.env): ReceiverConfig {
  return Object.freeze({
    deliveriesTable: required(env, 'DELIVERIES_TABLE'),
    providers: parseProviders(required(env, 'WEBHOOK_PROVIDERS')),
    retentionSeconds: parseRetentionHours(env['DELIVERY_RETENTION_HOURS']) * 3600,
    ...(env['ORIGIN_SECRET_ID'] !== undefined && { originSecretId: required(env, 'ORIGIN_SECRET_ID') }),
  });
}

/**
 * Reads and checks the processor's variables, once, at start.
 *
 * @throws {TypeError} naming the variable that is missing or wrong.
 */
export function readProcessorConfig(env: NodeJS.ProcessEnv = process.env): ProcessorConfig {
  const usersApiUrl = required(env, 'USERS_API_URL');
  if (!URL.canParse(usersApiUrl)) throw new TypeError('USERS_API_URL is not a URL');
  const giveUpSeconds = Number(env['GIVE_UP_SECONDS'] ?? DEFAULT_GIVE_UP_SECONDS);
  if (!Number.isInteger(giveUpSeconds) || giveUpSeconds < 0)
    throw new TypeError('GIVE_UP_SECONDS is not a whole number of seconds');
  return Object.freeze({ deliveriesTable: required(env, 'DELIVERIES_TABLE'), usersApiUrl, giveUpSeconds });
}

function parseProviders(text: string): readonly Provider[] {
  const parsed = v.safeParse(
    v.pipe(v.string(), v.parseJson(), v.check(isNoList, 'A list names no paths'), providersSchema),
    text,
  );
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new TypeError(
      `WEBHOOK_PROVIDERS is not valid at ${v.getDotPath(issue) ?? 'its top'}: ${issue.message}`,
    );
  }
  return Object.entries(parsed.output).map(([name, { secretArn, secretId, ...provider }]) =>
    // One of the two is there: the schema says so.
    Object.freeze({ name, ...provider, secretId: secretArn ?? secretId ?? '' }),
  );
}

/** A record's schema takes a list's indices for names. */
function isNoList(value: unknown): boolean {
  return !Array.isArray(value);
}

function parseRetentionHours(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_RETENTION_HOURS;
  const hours = Number(text);
  if (!Number.isInteger(hours) || hours < MIN_RETENTION_HOURS)
    throw new TypeError(`DELIVERY_RETENTION_HOURS is not a whole number from ${MIN_RETENTION_HOURS} on`);
  return hours;
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new TypeError(`${name} is not set`);
  return value;
}
