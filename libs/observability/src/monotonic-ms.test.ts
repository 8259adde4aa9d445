import { monotonicMs } from './monotonic-ms.ts';
import { runFunction } from './testing/index.ts';

describe('monotonicMs', () => {
  it('counts milliseconds, and never goes back', async () => {
    const startedMs = monotonicMs();
    await new Promise((resolve) => setTimeout(resolve, 30));
    const tookMs = monotonicMs() - startedMs;
    expect(tookMs).toBeGreaterThan(28);
    expect(tookMs).toBeLessThan(1_000);
    let lastMs = monotonicMs();
    for (let turn = 0; turn < 10_000; turn++) {
      const nowMs = monotonicMs();
      expect(nowMs >= lastMs).toBe(true);
      lastMs = nowMs;
    }
  });
});

it('an observed function does not load node:perf_hooks', async () => {
  const stdout = await runFunction({
    program: `
      import { observe } from '@gatehouse/observability';
      const handler = observe(async () => ({ statusCode: 200 }), { service: 's' });
      const loaded = () => process.moduleLoadList.filter((name) => /usertiming|perf_hooks/.test(name));
      void handler({}, { awsRequestId: 'r1' } as never).then(() => process.stdout.write('\\nloaded ' + JSON.stringify(loaded())));
    `,
  });
  expect(stdout).toContain('loaded []');
});
