import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import type { RunningHost } from './run-host.ts';
import type { Subject } from './subject.ts';

/** From fork() to the handler's answer, what a host by processes pays without a spare. */
export async function forkToAnswerMs(subject: Subject): Promise<number> {
  const startedAt = performance.now();
  const child = fork(subject.forkChild, { execArgv: [] });
  await once(child, 'message');
  child.send({ rawPath: '/hello' });
  await once(child, 'message');
  const took = performance.now() - startedAt;
  child.kill();
  await once(child, 'exit');
  return took;
}

/**
 * The first request that a function's only environment answers: it was started ahead, and has served nothing yet.
 * Measured on a connection that is open, so that it is the environment's own time.
 */
export async function spareToAnswerMs(host: RunningHost): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const other = new URL('/nothing-here', host.url).href;
    await timed(other, agent);
    return await timed(host.url, agent);
  } finally {
    agent.destroy();
  }
}

async function timed(url: string, agent: Agent): Promise<number> {
  const startedAt = performance.now();
  await new Promise<void>((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume().once('end', resolve);
    }).once('error', reject);
  });
  return performance.now() - startedAt;
}
