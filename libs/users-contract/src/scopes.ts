/** The scopes of this API. A token's issuer grants them; the guard reads them, by the contract's `access`. */
export const SCOPES = {
  /** Read one's own record. */
  read: 'users:read',
  /** Create, change and delete one's own record. */
  write: 'users:write',
  /** Do all of it with any record, and list them. */
  admin: 'users:admin',
  /** For services of this system: upserts by external id. Never in a person's token. */
  internal: 'users:internal',
} as const;

export type Scope = (typeof SCOPES)[keyof typeof SCOPES];
