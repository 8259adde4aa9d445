import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { get } from 'node:http';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { freePort } from '@gatehouse/clients/testing';
import type { Subject } from './subject.ts';

/** A host that serves the subject. */
export interface RunningHost {
  readonly url: string;
  /** From the start of its process to the first 200. */
  readonly firstAnswerMs: number;
  readonly stop: () => Promise<void>;
}

/** Starts a host and waits for its first 200. */
export type StartHost = () => Promise<RunningHost>;

/** What tells that a host is up. */
export interface Readiness {
  readonly path: string;
  readonly status: number;
}

type HostProcess = ChildProcessByStdio<null, Readable, null>;

const READY: Readiness = { path: '/hello', status: 200 };
const TIMEOUT_MS = 60_000;

/** Bare node:http: the limit. */
export function bareHost(subject: Subject): StartHost {
  return async () => {
    const startedAt = performance.now();
    const child = start(process.execPath, [subject.bareServer], subject.directory);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return running(child, { startedAt, url: `http://127.0.0.1:${String(line).trim()}/hello` });
  };
}

/**
 * The built host, as a user starts it.
 *
 * @param until a path and the status that tells that the host is up. Default: the function's own 200.
 */
export function gatehouseHost(subject: Subject, workspaceRoot: string, until: Readiness = READY): StartHost {
  return async () => {
    const stateFile = path.join(subject.directory, 'state.json');
    await rm(stateFile, { force: true });
    const startedAt = performance.now();
    const program = path.join(workspaceRoot, 'dist/tools/local/main.cjs');
    const parameters = ['--template', subject.template, '--state', stateFile, '--port-base', '0'];
    const child = start(process.execPath, [program, ...parameters], subject.directory);
    const url = await untilThere(async () => {
      const state = JSON.parse(await readFile(stateFile, 'utf8')) as { apis: { url: string }[] };
      return state.apis[0]?.url;
    });
    return running(child, { startedAt, url: `${url.replace(/\/$/, '')}/hello`, ready: until });
  };
}

/** serverless-offline under osls, the maintained fork of Serverless 3. */
export function serverlessOfflineHost(subject: Subject, peersDirectory: string): StartHost {
  return async () => {
    const [httpPort, lambdaPort] = [await freePort(), await freePort()];
    const startedAt = performance.now();
    const program = path.join(peersDirectory, 'node_modules/osls/bin/serverless.js');
    const parameters = [
      'offline',
      '--httpPort',
      String(httpPort),
      '--lambdaPort',
      String(lambdaPort),
      '--host',
      '127.0.0.1',
      '--noPrependStageInUrl',
    ];
    const child = start(process.execPath, [program, ...parameters], subject.directory);
    return running(child, { startedAt, url: `http://127.0.0.1:${httpPort}/hello` });
  };
}

function start(program: string, parameters: readonly string[], cwd: string): HostProcess {
  const child = spawn(program, parameters, {
    cwd,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: cwd,
      SLS_TELEMETRY_DISABLED: '1',
      SLS_NOTIFICATIONS_MODE: 'off',
    },
  });
  child.stdout.resume();
  return child;
}

interface Starting {
  readonly startedAt: number;
  readonly url: string;
  readonly ready?: Readiness;
}

async function running(
  child: HostProcess,
  { startedAt, url, ready = READY }: Starting,
): Promise<RunningHost> {
  const exited = once(child, 'exit');
  const readyUrl = new URL(ready.path, url).href;
  await untilThere(async () => ((await statusOf(readyUrl)) === ready.status ? true : undefined));
  return {
    url,
    firstAnswerMs: performance.now() - startedAt,
    stop: async () => {
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await exited;
      clearTimeout(killer);
    },
  };
}

/** Asks every 5 ms, however the asking fails, until there is a value. */
async function untilThere<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + TIMEOUT_MS;
  for (;;) {
    const value = await ask().catch(() => undefined);
    if (value !== undefined) return value;
    if (performance.now() > deadline) throw new Error('The host did not answer within a minute');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, (response) => resolve(response.resume().statusCode)).once('error', reject);
  });
}
