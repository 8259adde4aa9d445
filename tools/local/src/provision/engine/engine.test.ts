import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LocalError } from '../../errors.ts';
import { createTables } from '../create-tables.ts';
import { createDynamoDbClient } from '../dynamodb-client.ts';
import { findEngine } from './find-engine.ts';
import { startEngine } from './start-engine.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-engine-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A shell script in place of the engine. */
function program(script: string, name = 'dynoxide'): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

describe('the engine is looked for', () => {
  const search = (overrides: object): Promise<string> =>
    findEngine({
      platform: 'plan9',
      arch: 'mips',
      searchPath: '',
      packageRoots: [],
      enginesDirectory: folder,
      ...overrides,
    });

  it('in the platform’s npm package', async () => {
    const home = path.join(folder, 'node_modules/@dynoxide/plan9-mips');
    mkdirSync(home, { recursive: true });
    writeFileSync(path.join(home, 'package.json'), '{}');
    writeFileSync(path.join(home, 'dynoxide'), '');
    expect(await search({ packageRoots: [path.join(folder, 'main.cjs')] })).toBe(path.join(home, 'dynoxide'));
  });

  it('on PATH', async () => {
    const file = program('');
    expect(await search({ searchPath: `/nowhere${path.delimiter}${folder}` })).toBe(file);
  });

  it('and installed once, saying so, when it is nowhere', async () => {
    const notices: string[] = [];
    const calls: (readonly string[])[] = [];
    const npm = async (parameters: readonly string[]): Promise<void> => {
      calls.push(parameters);
      const home = path.join(parameters[2]!, 'node_modules/@dynoxide/plan9-mips');
      mkdirSync(home, { recursive: true });
      writeFileSync(path.join(home, 'dynoxide'), '');
    };
    const options = { npm, notice: (text: string) => notices.push(text) };
    const installed = path.join(folder, 'dynoxide/node_modules/@dynoxide/plan9-mips/dynoxide');
    expect(await search(options)).toBe(installed);
    expect(await search(options)).toBe(installed);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toEqual(
      expect.arrayContaining(['install', '--ignore-scripts', '@dynoxide/plan9-mips@1.2.1']),
    );
    expect(notices).toEqual([
      expect.stringContaining('installing the DynamoDB engine @dynoxide/plan9-mips@1.2.1'),
    ]);
  });

  it.each([
    ['npm fails', async (): Promise<void> => Promise.reject(new Error('offline'))],
    ['the package is empty', async (): Promise<void> => undefined],
  ])('in vain when %s: a coded error, and nothing is left behind', async (_name, npm) => {
    await expect(search({ npm })).rejects.toMatchObject({
      code: 'ENGINE_INSTALL_FAILED',
      hint: expect.stringContaining('--dynamodb-endpoint'),
    });
    expect(readdirSync(folder).filter((name) => name.startsWith('install-'))).toEqual([]);
  });
});

describe('an engine that does not start', () => {
  it('because it ends gives what it said', async () => {
    await expect(startEngine(program('echo no licence >&2; exit 3'))).rejects.toMatchObject({
      code: 'ENGINE_START_FAILED',
      message: expect.stringMatching(/ended with code 3\. no licence/),
    });
  });

  it('because it hangs is ended', async () => {
    await expect(startEngine(program('exec sleep 60'), { startTimeoutMs: 100 })).rejects.toMatchObject({
      code: 'ENGINE_START_FAILED',
      message: expect.stringContaining('did not start in time'),
    });
  });

  it('because there is none is refused', async () => {
    await expect(startEngine(path.join(folder, 'none'))).rejects.toMatchObject({
      code: 'ENGINE_START_FAILED',
    });
  });
});

describe('an engine that runs', () => {
  it('and ends by itself is reported with what it said; one that is stopped is not', async () => {
    const errors: LocalError[] = [];
    const script = program('echo listening on x; sleep 0.2; echo disk full; exit 1');
    await startEngine(script, { onExit: (error) => errors.push(error) });
    while (errors.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(errors[0]).toMatchObject({ code: 'ENGINE_EXITED', message: expect.stringContaining('disk full') });

    const engine = await startEngine(program('echo listening on x; exec sleep 60'), {
      onExit: (error) => errors.push(error),
    });
    await engine.stop();
    await engine.stop();
    expect(errors).toHaveLength(1);
  });

  it('is killed when it does not stop when told', async () => {
    const pidFile = path.join(folder, 'pid');
    const engine = await startEngine(
      program(`trap '' TERM; echo $$ > ${pidFile}; echo listening on x; while :; do sleep 0.1; done`),
    );
    await engine.stop();
    expect(existsSync(pidFile)).toBe(true);
  });
});

const dynoxide = findEngine({
  searchPath: process.env['PATH'] ?? '',
  enginesDirectory: '/nowhere',
  npm: async () => undefined,
}).catch(() => undefined);

describe('tables in the real engine', () => {
  const table = {
    stack: 'App',
    logicalId: 'T',
    name: 'users',
    ttlAttribute: 'expiresAt',
    definition: {
      TableName: 'users',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    },
  };

  it('are made once, with their time to live, and a wrong one is refused with its place', async () => {
    const file = await dynoxide;
    if (file === undefined) {
      console.log('skipped: no DynamoDB engine for this platform');
      return;
    }
    const engine = await startEngine(file);
    const client = createDynamoDbClient(engine.endpoint, 'eu-west-1');
    try {
      await createTables(client, [table]);
      await createTables(client, [table]);
      expect(await client.call('DynamoDB_20120810.DescribeTimeToLive', { TableName: 'users' })).toMatchObject(
        {
          TimeToLiveDescription: { AttributeName: 'expiresAt' },
        },
      );
      await expect(
        createTables(client, [{ ...table, name: 'x', definition: { TableName: 'x' } }]),
      ).rejects.toMatchObject({ code: 'TABLE_CREATE_FAILED', path: 'App/T' });
    } finally {
      client.close();
      await engine.stop();
    }
  });

  it('of an endpoint that nobody listens at are refused', async () => {
    const client = createDynamoDbClient('http://127.0.0.1:9', 'eu-west-1');
    await expect(createTables(client, [table])).rejects.toMatchObject({ code: 'TABLE_CREATE_FAILED' });
    client.close();
  });
});
