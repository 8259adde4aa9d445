import type { RecordedHostState } from './recorded-host.ts';
import { sendSigned } from './sign-aws-request.ts';

/** What the deliveries table says of a delivery; its body is left out. */
export interface DeliveryRow {
  readonly pk: string;
  readonly state: string;
  readonly reason?: string;
  readonly replays: string;
  /** What a `done` delivery came to. */
  readonly outcome?: string;
}

type Attributes = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

/** Puts a row there as it is. */
export async function putDelivery(
  attributes: Attributes & { readonly pk: { readonly S: string } },
  state: RecordedHostState,
): Promise<void> {
  await askDynamoDb('PutItem', { TableName: await tableName(state), Item: attributes }, state);
}

/** All rows of the host's deliveries table, without their bodies. */
export async function deliveryRows(state: RecordedHostState): Promise<readonly DeliveryRow[]> {
  const TableName = await tableName(state);
  const { Items } = (await askDynamoDb('Scan', { TableName }, state)) as { Items: readonly Attributes[] };
  return Items.map(({ body: _body, ...attributes }) => {
    const values = Object.entries(attributes).map(([name, { S, N }]) => [name, S ?? N]);
    return Object.fromEntries(values) as DeliveryRow;
  });
}

async function tableName(state: RecordedHostState): Promise<string | undefined> {
  const tables = (await askDynamoDb('ListTables', {}, state)) as { TableNames: readonly string[] };
  return tables.TableNames.find((name) => /deliver/i.test(name));
}

async function askDynamoDb(operation: string, input: object, state: RecordedHostState): Promise<unknown> {
  const response = await sendSigned(
    {
      url: state.aws.endpoints.dynamodb,
      method: 'POST',
      service: 'dynamodb',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
      },
      body: JSON.stringify(input),
    },
    state,
  );
  if (!response.ok) throw new Error(`DynamoDB answered ${response.status}: ${await response.text()}`);
  return response.json();
}
