import { AwsServiceError } from '../aws/aws-service-error.ts';
import {
  createAwsJsonClient,
  type AwsCall,
  type AwsClientOptions,
  type CallAws,
} from '../aws/aws-json-client.ts';
import { fromAttributes, toAttributes } from './attribute-value.ts';
import type { CallOptions, DynamoDocuments, Item, TransactWriteInput } from './documents.ts';
import { loadBuiltin } from '../load-builtin.ts';

const dynamoDb = {
  name: 'dynamodb',
  title: 'DynamoDB',
  targetPrefix: 'DynamoDB_20120810',
  protocol: '1.0',
} as const;

/**
 * DynamoDB's document operations by one signed request each over kept connections. With its first call it takes about a fifth
 * of a cold start with the SDK's client (docs/adr/0301); inputs, outputs and error names are the same. Make it once, at
 * module scope.
 *
 * Reads, unconditional puts and deletes, and transactions (by their token) are repeated after a lost connection. A conditional
 * write or an update is not: its first try may have been carried out, and the second would then refuse itself.
 */
export function dynamoDocuments(options: AwsClientOptions = {}): DynamoDocuments {
  const call = createAwsJsonClient(dynamoDb, options);
  return {
    async get(input, options) {
      const read = { ...input, Key: toAttributes(input.Key) };
      const output = await run(call, { operation: 'GetItem', input: read, idempotent: true }, options);
      return readMembers(output, ['Item']);
    },
    async put(input, options) {
      const written = { ...withValues(input), Item: toAttributes(input.Item) };
      const repeatable = input.ConditionExpression === undefined && input.ReturnValues !== 'ALL_OLD';
      const made = { operation: 'PutItem', input: written, idempotent: repeatable };
      return readMembers(await run(call, made, options), ['Attributes']);
    },
    async update(input, options) {
      const written = { ...withValues(input), Key: toAttributes(input.Key) };
      const made = { operation: 'UpdateItem', input: written, idempotent: false };
      return readMembers(await run(call, made, options), ['Attributes']);
    },
    async delete(input, options) {
      const written = { ...withValues(input), Key: toAttributes(input.Key) };
      const repeatable = input.ConditionExpression === undefined && input.ReturnValues !== 'ALL_OLD';
      const made = { operation: 'DeleteItem', input: written, idempotent: repeatable };
      return readMembers(await run(call, made, options), ['Attributes']);
    },
    async query(input, options) {
      const start = input.ExclusiveStartKey;
      const written = {
        ...withValues(input),
        ...(start !== undefined && { ExclusiveStartKey: toAttributes(start) }),
      };
      const made = { operation: 'Query', input: written, idempotent: true };
      return readMembers(await run(call, made, options), ['Items', 'LastEvaluatedKey']);
    },
    transactWrite: (input, options) =>
      run(call, { operation: 'TransactWriteItems', input: toTransaction(input), idempotent: true }, options),
    async batchGet(input, options) {
      const RequestItems = Object.fromEntries(
        Object.entries(input.RequestItems).map(([table, request]) => [
          table,
          { ...request, Keys: request.Keys.map(toAttributes) },
        ]),
      );
      const made = { operation: 'BatchGetItem', input: { RequestItems }, idempotent: true };
      const output = (await run(call, made, options)) as BatchGetOutput;
      return {
        Responses: mapValues(output.Responses, (items) => items.map(fromAttributes)),
        UnprocessedKeys: mapValues(output.UnprocessedKeys, (request) => ({
          ...request,
          Keys: request.Keys.map(fromAttributes),
        })),
      };
    },
  };
}

interface BatchGetOutput {
  readonly Responses?: Record<string, unknown[]>;
  readonly UnprocessedKeys?: Record<string, { readonly Keys: unknown[] }>;
}

function mapValues<T, U>(members: Record<string, T> | undefined, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(members ?? {}).map(([name, value]) => [name, map(value)]));
}

interface WithValues {
  readonly ExpressionAttributeValues?: Item;
}

function withValues<T extends WithValues>(
  input: T,
): Omit<T, 'ExpressionAttributeValues'> & { ExpressionAttributeValues?: unknown } {
  const { ExpressionAttributeValues, ...rest } = input;
  return ExpressionAttributeValues === undefined
    ? rest
    : { ...rest, ExpressionAttributeValues: toAttributes(ExpressionAttributeValues) };
}

function toTransaction(input: TransactWriteInput): object {
  const TransactItems = input.TransactItems.map((item) =>
    mapValues(item as Record<string, WithValues & { Item?: Item; Key?: Item }>, (write) => ({
      ...withValues(write),
      ...(write.Item !== undefined && { Item: toAttributes(write.Item) }),
      ...(write.Key !== undefined && { Key: toAttributes(write.Key) }),
    })),
  );
  // The token makes a repeated call one effect (DynamoDB API reference, TransactWriteItems).
  return {
    TransactItems,
    ClientRequestToken: input.ClientRequestToken ?? loadBuiltin('node:crypto').randomUUID(),
  };
}

async function run(
  call: CallAws,
  made: Pick<AwsCall, 'idempotent' | 'operation'> & { readonly input: object },
  { abortSignal }: CallOptions = {},
): Promise<unknown> {
  const { TableName } = made.input as { TableName?: unknown };
  try {
    return await call({
      ...made,
      signal: abortSignal,
      ...(typeof TableName === 'string' && { resource: { table_name: TableName } }),
    });
  } catch (error) {
    throw error instanceof AwsServiceError ? withPlainItems(error) : error;
  }
}

/** Items in a refusal become plain, as in an answer. */
function withPlainItems(error: AwsServiceError): AwsServiceError {
  const { Item: item, CancellationReasons: reasons, ...members } = error.members;
  if (item === undefined && reasons === undefined) return error;
  return new AwsServiceError({
    name: error.name,
    message: error.message,
    status: error.status ?? 400,
    retryable: error.retryable,
    requestId: error.requestId,
    members: {
      ...members,
      ...(item !== undefined && { Item: fromAttributes(item) }),
      ...(Array.isArray(reasons) && { CancellationReasons: reasons.map(toPlainReason) }),
    },
  });
}

function toPlainReason(reason: { readonly Item?: unknown }): object {
  return reason.Item === undefined ? reason : { ...reason, Item: fromAttributes(reason.Item) };
}

/** An output whose named members are items, or lists of items, made plain. */
function readMembers(output: unknown, names: readonly string[]): Record<string, never> {
  const members: Record<string, unknown> = { ...(output as object) };
  for (const name of names) {
    const value = members[name];
    if (value === undefined) continue;
    members[name] = Array.isArray(value) ? value.map(fromAttributes) : fromAttributes(value);
  }
  return members as Record<string, never>;
}
