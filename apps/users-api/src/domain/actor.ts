/** Who asks, as far as the rules need to know. Made from the verified principal, never from a request's own words. */
export interface Actor {
  /** Issuer and subject in one string; absent for a service or an API key, which own no record. */
  readonly subject?: string;
  /** Holds the admin scope. */
  readonly admin: boolean;
}
