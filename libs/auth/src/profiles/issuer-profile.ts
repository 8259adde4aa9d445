import type { AuthConfigInput } from '../config/auth-config.ts';

/** An issuer's entry, as AUTH_CONFIG takes it. */
export type IssuerEntry = AuthConfigInput['issuers'][number];
