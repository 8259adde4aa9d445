import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { distFile, startLocalHost } from './harness/local-host.ts';

/** Process ids of all that a process has started, and they in turn. */
async function descendants(pid: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=']);
  const rows = stdout
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    rows.filter(([, ppid]) => ppid === parent).flatMap(([child = 0]) => [child, ...below(child)]);
  return below(pid);
}

/** A zombie that nobody has waited for yet is not alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^\d+ \(.*\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Those that are still there after five seconds: on a busy machine a process takes a while to end. */
async function survivors(pids: readonly number[]): Promise<number[]> {
  const deadline = Date.now() + 5000;
  while (pids.some(isAlive) && Date.now() < deadline) await sleep(50);
  return pids.filter(isAlive);
}

const template = ['--template', path.join(__dirname, 'fixtures/faulty.template.json')];

describe('the local host', () => {
  it('says when it is ready, and in how many milliseconds', async () => {
    const host = await startLocalHost(template);
    expect(host.output).toMatch(/^ready\b.*\b\d+\s?ms/m);
    await host.stop();
  });

  it('takes its state file away and leaves no process behind when it is interrupted', async () => {
    const host = await startLocalHost(template);
    await fetch(`${host.state.apis[0]!.url.replace(/\/$/, '')}/faulty`);
    const children = await descendants(host.pid);
    expect(children.length).toBeGreaterThan(0);
    await host.stop();
    await expect(access(host.stateFile)).rejects.toThrow('ENOENT');
    expect(await survivors(children)).toEqual([]);
  });

  it('leaves no process behind when it is killed', async () => {
    const host = await startLocalHost(template);
    const children = await descendants(host.pid);
    process.kill(host.pid, 'SIGKILL');
    expect(await survivors(children)).toEqual([]);
  });

  it('names what is wrong with its arguments, and ends', async () => {
    const run = promisify(execFile)(process.execPath, [
      distFile('tools/local/main.cjs'),
      '--assembly',
      '/nonexistent',
    ]);
    await expect(run).rejects.toMatchObject({
      code: expect.any(Number),
      stderr: expect.stringContaining('/nonexistent'),
    });
  });
});
