import { isObject } from '../assembly/json.ts';
import type { Json } from '../assembly/json.ts';
import type { TableModel } from './app-model.ts';
import type { Properties } from './properties.ts';
import { originOf } from './resource-set.ts';
import type { ModelResource, ResourceSet } from './resource-set.ts';

const indexMembers = ['IndexName', 'KeySchema', 'Projection', 'ProvisionedThroughput'] as const;

/** The DynamoDB tables, each with the CreateTable request that makes it. A global table is made in one region. */
export function readTables(resources: ResourceSet): TableModel[] {
  return resources.ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').map((resource) => {
    const { properties } = resource;
    const ttl = properties.object('TimeToLiveSpecification');
    const ttlAttribute = ttl?.boolean('Enabled') === true ? ttl.text('AttributeName') : undefined;
    const streamViewType = properties.object('StreamSpecification')?.text('StreamViewType');
    return {
      ...originOf(resource),
      name: resource.id,
      definition: createTableRequest(resource, streamViewType),
      ...(ttlAttribute === undefined ? {} : { ttlAttribute }),
      ...(streamViewType === undefined ? {} : { streamViewType }),
    };
  });
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
function createTableRequest(
  resource: ModelResource,
  streamViewType: string | undefined,
): Readonly<Record<string, unknown>> {
  const { properties } = resource;
  const throughput = provisionedThroughput(properties);
  return {
    TableName: resource.id,
    AttributeDefinitions: properties.json('AttributeDefinitions') ?? [],
    KeySchema: properties.json('KeySchema') ?? [],
    BillingMode: throughput === undefined ? 'PAY_PER_REQUEST' : 'PROVISIONED',
    ...(throughput === undefined ? {} : { ProvisionedThroughput: throughput }),
    ...indexes(properties, 'GlobalSecondaryIndexes', throughput !== undefined),
    ...indexes(properties, 'LocalSecondaryIndexes', false),
    ...(streamViewType === undefined
      ? {}
      : { StreamSpecification: { StreamEnabled: true, StreamViewType: streamViewType } }),
  };
}

/** Units where the table is not on demand; a global table's settings are per replica, so it is made on demand. */
function provisionedThroughput(properties: Properties): Readonly<Record<string, number>> | undefined {
  if (properties.text('BillingMode') === 'PAY_PER_REQUEST') return undefined;
  const declared = properties.object('ProvisionedThroughput');
  if (declared === undefined) return undefined;
  return {
    ReadCapacityUnits: declared.number('ReadCapacityUnits') ?? 1,
    WriteCapacityUnits: declared.number('WriteCapacityUnits') ?? 1,
  };
}

function indexes(
  properties: Properties,
  name: 'GlobalSecondaryIndexes' | 'LocalSecondaryIndexes',
  provisioned: boolean,
): Readonly<Record<string, readonly Json[]>> {
  const declared = properties.objects(name);
  if (declared.length === 0) return {};
  const members = provisioned ? indexMembers : indexMembers.slice(0, 3);
  return {
    [name]: declared.map((index) =>
      Object.fromEntries(
        members
          .map(
            (member) =>
              [member, member === 'ProvisionedThroughput' ? units(index) : index.json(member)] as const,
          )
          .filter((entry): entry is [(typeof members)[number], Json] => entry[1] !== undefined),
      ),
    ),
  };
}

function units(index: Properties): Json | undefined {
  const units = provisionedThroughput(index);
  return isObject(units) ? units : undefined;
}
