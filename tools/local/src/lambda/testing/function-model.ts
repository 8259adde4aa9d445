import type { FunctionModel } from '../../model/app-model.ts';

let functionsMade = 0;

/** A function with inline code, for tests. */
export function inlineFunction(source: string, overrides: Partial<FunctionModel> = {}): FunctionModel {
  const name = overrides.name ?? `fn-${String(++functionsMade)}`;
  return {
    stack: 'Test',
    logicalId: name,
    name,
    arn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
    runtime: 'nodejs20.x',
    handler: 'index.handler',
    code: { kind: 'inline', source },
    memoryMb: 256,
    timeoutMs: 3000,
    environment: {},
    tracing: 'PassThrough',
    ...overrides,
  };
}
