/**
 * What the front's authorizer said of the caller, one shape for all fronts. It comes from the front alone and so can
 * be trusted; a header cannot.
 */
export type AuthorizerResult =
  /** No authorizer ran. */
  | { readonly kind: 'none' }
  /**
   * A Lambda authorizer's context. A REST API flattens every value to a string and adds `principalId` and
   * `integrationLatency` (both kept); an HTTP API keeps JSON types.
   */
  | { readonly kind: 'lambda'; readonly context: Readonly<Record<string, unknown>> }
  /** IAM (SigV4): who signed. */
  | {
      readonly kind: 'iam';
      readonly arn: string;
      readonly accountId: string;
      readonly userId: string;
      readonly callerId: string;
      readonly accessKey: string;
    }
  /**
   * An HTTP API's own JWT authorizer, or a REST API's Cognito authorizer. Claim values are strings: an array
   * arrives as `[a b]`. `scopes` is what the route required and the token had, empty when the route named none.
   */
  | {
      readonly kind: 'jwt';
      readonly claims: Readonly<Record<string, string>>;
      readonly scopes: readonly string[];
    };
