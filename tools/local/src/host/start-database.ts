import type { LocalError } from '../errors.ts';
import type { TableModel } from '../model/app-model.ts';
import { createTables } from '../provision/create-tables.ts';
import { createDynamoDbClient } from '../provision/dynamodb-client.ts';
import { findEngine } from '../provision/engine/find-engine.ts';
import { startEngine } from '../provision/engine/start-engine.ts';

export interface DatabaseOptions {
  readonly tables: readonly TableModel[];
  readonly region: string;
  /** Another DynamoDB than the embedded engine. */
  readonly endpoint: string | undefined;
  /** The PATH variable, for finding the engine. */
  readonly searchPath: string;
  readonly notice: (text: string) => void;
  readonly failed: (error: LocalError) => void;
}

export interface Database {
  readonly endpoint: string;
  close(): Promise<void>;
}

/**
 * Starts the embedded engine, or takes the endpoint that is given, and makes the tables.
 *
 * @throws LocalError ENGINE_INSTALL_FAILED, ENGINE_START_FAILED, TABLE_CREATE_FAILED
 */
export async function startDatabase(options: DatabaseOptions): Promise<Database> {
  const { tables, region, searchPath, notice, failed } = options;
  const engine =
    options.endpoint === undefined
      ? await startEngine(await findEngine({ searchPath, notice }), { onExit: failed })
      : { endpoint: options.endpoint, stop: () => Promise.resolve() };
  const client = createDynamoDbClient(engine.endpoint, region);
  try {
    await createTables(client, tables);
  } catch (error) {
    await engine.stop();
    throw error;
  } finally {
    client.close();
  }
  return { endpoint: engine.endpoint, close: () => engine.stop() };
}
