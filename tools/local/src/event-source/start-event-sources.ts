import type { EventSourceModel } from '../model/app-model.ts';
import { createDynamoDbClient } from '../provision/dynamodb-client.ts';
import { startEventSource } from './start-event-source.ts';
import type { EventSourceDependencies, RunningEventSource } from './start-event-source.ts';
import { createStreamClient } from './stream-client.ts';

export type EventSourcesDependencies = Omit<EventSourceDependencies, 'streams'> & {
  /** DynamoDB's and its streams' endpoint. */
  readonly endpoint: string;
};

/** Starts every event source mapping of a model. */
export function startEventSources(
  mappings: readonly EventSourceModel[],
  deps: EventSourcesDependencies,
): RunningEventSource {
  const client = createDynamoDbClient(deps.endpoint, deps.region);
  const streams = createStreamClient(client);
  const running = mappings.map((mapping) => startEventSource(mapping, { ...deps, streams }));
  return {
    async close() {
      await Promise.all(running.map((source) => source.close()));
      client.close();
    },
  };
}
