import * as v from 'valibot';
import { scopesOfIamRoutes } from './iam-routes.ts';

const corsSchema = v.object({
  origins: v.array(v.string()),
  credentials: v.optional(v.boolean(), false),
  maxAgeSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 600),
});

const tableName = v.pipe(v.string(), v.regex(/^[\w.-]{3,255}$/));
const pathPrefix = v.pipe(v.string(), v.regex(/^(?:\/[\w.~-]+)*$/));

export interface UsersApiConfig {
  readonly service: string;
  /** Table of users; see store/dynamodb/users-table.ts. */
  readonly usersTable: string;
  /** Origins that browsers may call from; none when `CORS` is unset. */
  readonly cors: v.InferOutput<typeof corsSchema>;
  /**
   * How bearer tokens are verified on a function URL with auth type NONE, as text: what reads it is loaded only where it
   * is set. `undefined`: nobody comes in there.
   */
  readonly authConfig: string | undefined;
  /** Scopes of services that sign on the routes that `IAM_ROUTES` names; none when it is unset. */
  readonly iamScopes: readonly string[];
  /** Hold each answer to the contract's schema: in development, never on the hot path. */
  readonly validateResponses: boolean;
  /** Prefix that a custom domain puts before every path: `/v1`, or empty. */
  readonly basePath: string;
}

/**
 * Reads the function's variables once, at start. Throws an Error that names the variable when one is missing or
 * malformed, so that a wrong deployment fails at its first start and not in a request.
 */
export function readConfig(variables: NodeJS.ProcessEnv = process.env): UsersApiConfig {
  return Object.freeze({
    service: variables['POWERTOOLS_SERVICE_NAME'] ?? 'users-api',
    usersTable: check('USERS_TABLE', tableName, variables['USERS_TABLE']),
    cors: check('CORS', corsSchema, parseJson('CORS', variables['CORS'] ?? '{"origins":[]}')),
    authConfig: variables['AUTH_CONFIG'] === '' ? undefined : variables['AUTH_CONFIG'],
    iamScopes: readIamScopes(variables['IAM_ROUTES'] ?? ''),
    validateResponses: variables['ENVIRONMENT'] === 'dev',
    basePath: check('BASE_PATH', pathPrefix, variables['BASE_PATH'] ?? ''),
  });
}

function readIamScopes(operationIds: string): readonly string[] {
  try {
    return scopesOfIamRoutes(operationIds);
  } catch (cause) {
    throw new Error(`Environment variable IAM_ROUTES: ${String(cause)}`, { cause });
  }
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`Environment variable ${name} is not JSON`, { cause });
  }
}

function check<T>(name: string, schema: v.GenericSchema<unknown, T>, value: unknown): T {
  const result = v.safeParse(schema, value);
  if (!result.success) {
    throw new Error(`Environment variable ${name}: ${result.issues[0].message}`);
  }
  return result.output;
}
