import { Duration } from 'aws-cdk-lib';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledgements.ts';
import type { Environment } from '../environments/environment.ts';
import { removalPolicyOf, type ServiceFunction } from './service-function.ts';

export interface StreamProcessorProps {
  readonly environment: Environment;
  readonly processor: ServiceFunction;
  /** Of the alias or function that is called. */
  readonly streamArn: string;
  /** Patterns of Lambda's event filtering; a record that matches none is never seen by the function. */
  readonly filters: readonly Readonly<Record<string, unknown>>[];
  /** Name of the queue for what could not be worked off. */
  readonly queueName: string;
}

/**
 * A function that works off a table's stream. It reports which records of a batch failed; a batch that failed as a
 * whole is halved to find the bad record; what is still failing after the retries, or is too old, leaves a note in the
 * on-failure queue (where to find the records in the stream, not the records) and is passed over: rather late, since the
 * function is to end each record before (`contradictions`).
 */
export class StreamProcessor extends Construct {
  readonly failures: Queue;

  constructor(scope: Construct, id: string, props: StreamProcessorProps) {
    super(scope, id);
    const { environment, processor, streamArn } = props;
    const { stream } = environment.webhook;
    this.failures = new Queue(this, 'Failures', {
      queueName: props.queueName,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: removalPolicyOf(environment),
    });
    acknowledge(this.failures, 'AwsSolutions-SQS3');
    processor.allow(['sqs:SendMessage'], [this.failures.queueArn]);
    processor.allow(
      ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'],
      [streamArn],
    );
    // Lambda asks for it when the mapping is made; IAM knows no resource for it.
    processor.allow(['dynamodb:ListStreams'], ['*']);

    const mapping = new CfnEventSourceMapping(this, 'Mapping', {
      eventSourceArn: streamArn,
      functionName: processor.targetArn,
      startingPosition: 'TRIM_HORIZON',
      batchSize: stream.batchSize,
      maximumBatchingWindowInSeconds: stream.batchWindowSeconds,
      parallelizationFactor: stream.parallelBatches,
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: stream.retries,
      maximumRecordAgeInSeconds: stream.maxAgeSeconds,
      functionResponseTypes: ['ReportBatchItemFailures'],
      filterCriteria: { filters: props.filters.map((pattern) => ({ pattern: JSON.stringify(pattern) })) },
      destinationConfig: { onFailure: { destination: this.failures.queueArn } },
    });
    // The mapping is refused while the role cannot read the stream.
    mapping.node.addDependency(processor.role);
  }
}
