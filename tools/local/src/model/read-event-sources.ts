import { isObject } from '../assembly/json.ts';
import { LocalError } from '../errors.ts';
import type { EventSourceModel, QueueModel } from './app-model.ts';
import { unqualifiedFunctionArn } from './function-arn.ts';
import type { Properties } from './properties.ts';
import { originOf } from './resource-set.ts';
import type { ModelResource, ResourceSet } from './resource-set.ts';
import type { UnsupportedList } from './unsupported-list.ts';

const streamArn = /^arn:[^:]+:dynamodb:[^:]*:[^:]*:table\/([^/]+)\/stream\//;

/** The event source mappings that read a DynamoDB stream. Other sources are listed as unsupported. */
export function readEventSources(resources: ResourceSet, unsupported: UnsupportedList): EventSourceModel[] {
  return resources.ofType('AWS::Lambda::EventSourceMapping').flatMap((resource) => {
    const { properties } = resource;
    if (properties.boolean('Enabled') === false) return [];
    const source = properties.text('EventSourceArn') ?? '';
    const tableName = streamArn.exec(source)?.[1];
    if (tableName === undefined) {
      unsupported.add(resource, 'EventSourceArn', 'only DynamoDB streams are read');
      return [];
    }
    const onFailureArn = properties.object('DestinationConfig')?.object('OnFailure')?.text('Destination');
    return [
      {
        ...originOf(resource),
        id: resource.id,
        functionArn: functionArn(resource),
        streamArn: source,
        tableName,
        startingPosition: properties.text('StartingPosition') === 'LATEST' ? 'LATEST' : 'TRIM_HORIZON',
        batchSize: properties.number('BatchSize') ?? 100,
        batchingWindowSeconds: properties.number('MaximumBatchingWindowInSeconds') ?? 0,
        filters: readFilters(properties),
        reportsItemFailures: properties.texts('FunctionResponseTypes').includes('ReportBatchItemFailures'),
        bisectsOnError: properties.boolean('BisectBatchOnFunctionError') ?? false,
        maximumRetryAttempts: properties.number('MaximumRetryAttempts') ?? -1,
        maximumRecordAgeSeconds: properties.number('MaximumRecordAgeInSeconds') ?? -1,
        ...(onFailureArn === undefined ? {} : { onFailureArn }),
      },
    ];
  });
}

/** The queues, which event sources name as destinations. */
export function readQueues(resources: ResourceSet): QueueModel[] {
  return resources.ofType('AWS::SQS::Queue').map((resource) => {
    const { partition, region, accountId } = resource.place;
    const name = resource.id.slice(resource.id.lastIndexOf('/') + 1);
    const arn = `arn:${partition}:sqs:${region}:${accountId}:${name}`;
    return { ...originOf(resource), name, arn, url: resource.id };
  });
}

function functionArn({ properties, place }: ModelResource): string {
  return unqualifiedFunctionArn(
    properties.requiredText('FunctionName'),
    (name) => `arn:${place.partition}:lambda:${place.region}:${place.accountId}:function:${name}`,
  );
}

function readFilters(properties: Properties): readonly Readonly<Record<string, unknown>>[] {
  return (properties.object('FilterCriteria')?.objects('Filters') ?? []).map((filter) => {
    const pattern: unknown = parsePattern(filter.requiredText('Pattern'));
    if (isObject(pattern)) return pattern;
    throw new LocalError('MODEL_INVALID', `${filter.path}.Pattern: not a JSON object.`, {
      path: filter.path,
    });
  });
}

function parsePattern(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
