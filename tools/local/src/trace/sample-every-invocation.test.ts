import type { FunctionInvoker } from '../lambda/function-invoker.ts';
import { sampleEveryInvocation } from './sample-every-invocation.ts';

describe('sampleEveryInvocation', () => {
  const headerFor = async (traceHeader?: string): Promise<string | undefined> => {
    let seen: string | undefined;
    const invoker: FunctionInvoker = {
      invoke: async (_arn, _payload, options) => {
        seen = options?.traceHeader;
        return { kind: 'throttled', reason: 'a test' };
      },
    };
    await sampleEveryInvocation(invoker).invoke(
      'arn',
      '{}',
      traceHeader === undefined ? {} : { traceHeader },
    );
    return seen;
  };

  it.each([
    ['Root=1-a-b;Parent=c;Sampled=0', 'Root=1-a-b;Parent=c;Sampled=1'],
    ['Root=1-a-b;Parent=c;Sampled=1', 'Root=1-a-b;Parent=c;Sampled=1'],
    ['Root=1-a-b;Parent=c;Sampled=0;Lineage=x', 'Root=1-a-b;Parent=c;Sampled=1;Lineage=x'],
    ['Root=1-a-b;Parent=c', 'Root=1-a-b;Parent=c;Sampled=1'],
  ])('keeps the trace of %s and has it sampled', async (header, expected) => {
    expect(await headerFor(header)).toBe(expected);
  });

  it('begins a trace for an invocation that came without one', async () => {
    expect(await headerFor()).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=1$/);
  });
});
