import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { removalPolicyOf } from '../constructs/service-function.ts';
import { PartStack, type PartStackProps } from './part-stack.ts';

/**
 * The tables. Their names are generated, so that one can be replaced or restored beside the old one: the parameter
 * says which is in use. Both are on demand, recoverable to any second of the last 35 days.
 */
export class DataStack extends PartStack {
  constructor(scope: Construct, props: PartStackProps) {
    super(scope, 'Data', props);
    const durability = {
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: removalPolicyOf(this.settings),
      deletionProtection: this.settings.removal === 'retain',
    };

    const users = new Table(this, 'Users', {
      ...durability,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      // Only answers kept for an Idempotency-Key have it: users never expire.
      timeToLiveAttribute: 'expiresAt',
    });
    // Only user records have `shard` and `sortKey`: the index lists users and nothing else.
    users.addGlobalSecondaryIndex({
      indexName: 'by-shard',
      partitionKey: { name: 'shard', type: AttributeType.STRING },
      sortKey: { name: 'sortKey', type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });

    const deliveries = new Table(this, 'Deliveries', {
      ...durability,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      stream: StreamViewType.NEW_IMAGE,
    });
    // Only failed deliveries have the index's keys: what waits for a person is one cheap query.
    deliveries.addGlobalSecondaryIndex({
      indexName: 'failed',
      partitionKey: { name: 'failedProvider', type: AttributeType.STRING },
      sortKey: { name: 'failedAt', type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });

    this.publish('usersTable', users.tableName);
    this.publish('deliveriesTable', deliveries.tableName);
    if (deliveries.tableStreamArn !== undefined) {
      this.publish('deliveriesStreamArn', deliveries.tableStreamArn);
    }
  }
}
