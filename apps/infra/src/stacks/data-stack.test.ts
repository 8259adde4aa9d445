import { Match } from 'aws-cdk-lib/assertions';
import { devEnvironment, synthesise } from '../testing/fixtures.ts';

describe('the Data stack', () => {
  const template = synthesise('Data');

  it('has the users table, keyed by pk, listed by an index of shards', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-shard',
          KeySchema: [
            { AttributeName: 'shard', KeyType: 'HASH' },
            { AttributeName: 'sortKey', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      StreamSpecification: Match.absent(),
    });
  });

  it('has the deliveries table, whose rows expire and whose changes are streamed', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      GlobalSecondaryIndexes: [
        Match.objectLike({
          IndexName: 'failed',
          KeySchema: [
            { AttributeName: 'failedProvider', KeyType: 'HASH' },
            { AttributeName: 'failedAt', KeyType: 'RANGE' },
          ],
        }),
      ],
    });
  });

  it('tells the other stacks the tables by parameters and exports nothing', () => {
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: '/gatehouse/dev/data/users-table' });
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: '/gatehouse/dev/data/deliveries-table' });
    expect(template.findOutputs('*', { Export: Match.anyValue() })).toEqual({});
  });

  it.each([
    ['destroy', 'Delete', false],
    ['retain', 'Retain', true],
  ] as const)('with removal %s tables are deleted with their stack or kept', (removal, policy, guarded) => {
    const other = synthesise('Data', { environment: devEnvironment({ removal }) });

    other.allResources('AWS::DynamoDB::Table', {
      DeletionPolicy: policy,
      Properties: { DeletionProtectionEnabled: guarded },
    });
  });
});
