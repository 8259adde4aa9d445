/** One version of a secret's text. */
export interface SecretVersion {
  readonly value: string;
  /** Changes with each rotation. */
  readonly versionId: string;
}

/** Which version of a secret. Default `AWSCURRENT`. */
export interface ReadSecretOptions {
  readonly versionStage?: 'AWSCURRENT' | 'AWSPREVIOUS' | 'AWSPENDING';
  readonly signal?: AbortSignal;
}

/** Where secrets are read. */
export interface SecretStore {
  /**
   * Reads a secret by name or ARN.
   * @returns undefined when the secret has no version of that stage, as before its first rotation.
   * @throws {ClientsError} CLIENTS_SECRET_UNUSABLE when there is no such secret, or it holds bytes; any other
   * CLIENTS_* code when the service could not be asked.
   */
  read(id: string, options?: ReadSecretOptions): Promise<SecretVersion | undefined>;
}

/** Where parameters are read. */
export interface ParameterStore {
  /**
   * Reads a parameter by name or ARN; `versionId` is its version number.
   * @throws {ClientsError} CLIENTS_SECRET_UNUSABLE when there is no such parameter; any other CLIENTS_* code when the service
   * could not be asked.
   */
  read(name: string, options?: { readonly signal?: AbortSignal }): Promise<SecretVersion>;
}
