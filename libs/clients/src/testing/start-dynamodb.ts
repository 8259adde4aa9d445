import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer, connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join, dirname } from 'node:path';
import { cwd } from 'node:process';

/** A DynamoDB-compatible engine of one's own. */
export interface TestDynamoDb {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * Starts the embedded engine on a free port of 127.0.0.1.
 * @returns undefined where its platform package is not installed; it is an optional dependency.
 */
export async function startDynamoDb(): Promise<TestDynamoDb | undefined> {
  const binary = findEngine();
  if (binary === undefined) return undefined;
  const port = await freePort();
  const engine = spawn(binary, ['--port', String(port)], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => engine.once('exit', () => resolve()));
  await untilListening(port);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      engine.kill();
      await ended;
    },
  };
}

function findEngine(): string | undefined {
  const { platform, arch } = process;
  try {
    const manifest = createRequire(join(cwd(), 'package.json')).resolve(
      `@dynoxide/${platform}-${arch}/package.json`,
    );
    return join(dirname(manifest), platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
  } catch {
    return undefined;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function untilListening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`the engine does not listen on port ${port}`);
}
