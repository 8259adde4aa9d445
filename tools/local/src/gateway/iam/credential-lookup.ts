/** Finds who holds an access key. `undefined`: no such key. */
export type CredentialLookup = (accessKeyId: string) => SigningCredential | undefined;

export interface SigningCredential {
  readonly secretAccessKey: string;
  /** Temporary credentials: `X-Amz-Security-Token` has to be this. */
  readonly sessionToken?: string;
  readonly accountId: string;
  /** Such as `arn:aws:iam::000000000000:user/local` or an assumed role's session. */
  readonly principalArn: string;
  /** IAM's unique id of the principal, such as `AIDA...` or `AROA...:session`. */
  readonly userId: string;
}
