/** An item or a key as plain values: text, numbers, booleans, null, bytes, lists, maps and sets. */
export type Item = Record<string, unknown>;

/** What expressions refer to by `#name` and `:value`. */
export interface Expressions {
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Item;
}

/** A write that happens only where its condition holds. */
export interface Condition extends Expressions {
  readonly ConditionExpression?: string;
  /** `ALL_OLD` puts the item that was there into the error, as `Item`. */
  readonly ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE';
}

export interface GetInput {
  readonly TableName: string;
  readonly Key: Item;
  readonly ConsistentRead?: boolean;
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
}

export interface PutInput extends Condition {
  readonly TableName: string;
  readonly Item: Item;
  readonly ReturnValues?: 'ALL_OLD' | 'NONE';
}

export interface UpdateInput extends Condition {
  readonly TableName: string;
  readonly Key: Item;
  readonly UpdateExpression: string;
  readonly ReturnValues?: 'ALL_NEW' | 'ALL_OLD' | 'NONE' | 'UPDATED_NEW' | 'UPDATED_OLD';
}

export interface DeleteInput extends Condition {
  readonly TableName: string;
  readonly Key: Item;
  readonly ReturnValues?: 'ALL_OLD' | 'NONE';
}

export interface QueryInput extends Expressions {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly KeyConditionExpression: string;
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly ConsistentRead?: boolean;
  readonly ExclusiveStartKey?: Item;
  readonly Limit?: number;
  readonly ScanIndexForward?: boolean;
  readonly Select?: 'ALL_ATTRIBUTES' | 'ALL_PROJECTED_ATTRIBUTES' | 'COUNT' | 'SPECIFIC_ATTRIBUTES';
}

export interface TransactWriteInput {
  /** At most 100, each with exactly one member. */
  readonly TransactItems: {
    readonly Put?: Omit<PutInput, 'ReturnValues'>;
    readonly Update?: Omit<UpdateInput, 'ReturnValues'>;
    readonly Delete?: Omit<DeleteInput, 'ReturnValues'>;
    readonly ConditionCheck?: Condition & {
      readonly TableName: string;
      readonly Key: Item;
      readonly ConditionExpression: string;
    };
  }[];
  /** Makes a repeated call one effect, for 10 minutes. Made up when absent, so that a retry is safe. */
  readonly ClientRequestToken?: string;
}

export interface BatchGetInput {
  /** At most 100 keys. */
  readonly RequestItems: Record<
    string,
    { readonly Keys: Item[]; readonly ConsistentRead?: boolean; readonly ProjectionExpression?: string }
  >;
}

/** How one call is made. */
export interface CallOptions {
  /**
   * Ends the call, its retries and their pauses when it aborts: with CLIENTS_ABORTED here, with `AbortError` by the SDK. A
   * write may have been carried out all the same.
   */
  readonly abortSignal?: AbortSignal;
}

/**
 * The document operations that a store needs, with the names, inputs and outputs of the AWS SDK's
 * `DynamoDBDocument`, which is one implementation. Errors carry the service's name for them in `name`:
 * `ConditionalCheckFailedException` (with `Item`), `TransactionCanceledException` (with `CancellationReasons`),
 * `ProvisionedThroughputExceededException`, `ThrottlingException`, `ResourceNotFoundException`.
 * Source: Amazon DynamoDB API reference.
 */
export interface DynamoDocuments {
  get(input: GetInput, options?: CallOptions): Promise<{ Item?: Item | undefined }>;
  put(input: PutInput, options?: CallOptions): Promise<{ Attributes?: Item | undefined }>;
  update(input: UpdateInput, options?: CallOptions): Promise<{ Attributes?: Item | undefined }>;
  delete(input: DeleteInput, options?: CallOptions): Promise<{ Attributes?: Item | undefined }>;
  query(
    input: QueryInput,
    options?: CallOptions,
  ): Promise<{
    Items?: Item[] | undefined;
    Count?: number | undefined;
    LastEvaluatedKey?: Item | undefined;
  }>;
  transactWrite(input: TransactWriteInput, options?: CallOptions): Promise<unknown>;
  batchGet(
    input: BatchGetInput,
    options?: CallOptions,
  ): Promise<{
    Responses?: Record<string, Item[]> | undefined;
    UnprocessedKeys?: Record<string, unknown> | undefined;
  }>;
}

/** Why one write of a cancelled transaction was refused; `None` for those that were not. */
export interface CancellationReason {
  /** `ConditionalCheckFailed`, `TransactionConflict`, `ThrottlingError`, `ValidationError`, `None`, ... */
  readonly Code?: string | undefined;
  readonly Message?: string | undefined;
  /** The item that was there, when the write asked for `ALL_OLD`. */
  readonly Item?: Item | undefined;
}
