import { readConfig, readTraceHeader } from './config.ts';

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      environment: 'local',
      namespace: 'Gatehouse',
      logLevel: 'INFO',
      debugSampleRate: 0,
      tracing: false,
      firstInvocationIsCold: true,
      concurrentInvocations: false,
    });
  });

  it.each([
    ['ENVIRONMENT', 'dev', { environment: 'dev', logLevel: 'DEBUG' }],
    ['ENVIRONMENT', 'prod', { environment: 'prod', logLevel: 'INFO' }],
    ['POWERTOOLS_LOG_LEVEL', 'warn', { logLevel: 'WARN' }],
    ['POWERTOOLS_LOGGER_SAMPLE_RATE', '0.1', { debugSampleRate: 0.1 }],
    ['POWERTOOLS_METRICS_NAMESPACE', 'Other', { namespace: 'Other' }],
    ['AWS_EXECUTION_ENV', 'AWS_Lambda_nodejs24.x', { tracing: true }],
    ['AWS_LAMBDA_INITIALIZATION_TYPE', 'provisioned-concurrency', { firstInvocationIsCold: false }],
    ['AWS_LAMBDA_MAX_CONCURRENCY', '10', { concurrentInvocations: true }],
  ])('reads %s=%s', (name, value, expected) => {
    expect(readConfig({ [name]: value })).toMatchObject(expected);
  });

  it.each([
    ['POWERTOOLS_LOG_LEVEL', 'loud'],
    ['POWERTOOLS_LOGGER_SAMPLE_RATE', '10%'],
    ['POWERTOOLS_LOGGER_SAMPLE_RATE', '2'],
  ])('refuses %s=%s by its name', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(name);
  });
});

it('readTraceHeader prefers the store of concurrent invocations', () => {
  const global = globalThis as { awslambda?: unknown };
  global.awslambda = { InvokeStore: { getXRayTraceId: () => 'Root=1' } };
  expect(readTraceHeader()).toBe('Root=1');
  delete global.awslambda;
});
