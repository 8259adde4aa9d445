import { Match } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInfraApp } from '../app.ts';
import { devEnvironment, fakeBundles, operations, synthesise } from '../testing/fixtures.ts';

describe('ServiceFunction', () => {
  it('runs on nodejs24.x and arm64, as large and as long as the environment says', () => {
    const environment = devEnvironment({ functions: { usersApi: { memoryMb: 1024, timeoutSeconds: 7 } } });

    synthesise('UsersApi', { environment }).hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'gatehouse-dev-users-api',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'main.handler',
      MemorySize: 1024,
      Timeout: 7,
      ReservedConcurrentExecutions: Match.absent(),
    });
  });

  it('reserves concurrency where the environment does', () => {
    const environment = devEnvironment({ functions: { usersApi: { reservedConcurrency: 5 } } });

    synthesise('UsersApi', { environment }).hasResourceProperties('AWS::Lambda::Function', {
      ReservedConcurrentExecutions: 5,
    });
  });

  it('is kept warm behind an alias, which is what the others find, where the environment says so', () => {
    const environment = devEnvironment({ functions: { authorizer: { provisionedConcurrency: 3 } } });
    const template = synthesise('Authorizer', { environment });

    template.hasResourceProperties('AWS::Lambda::Alias', {
      Name: 'live',
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 3 },
    });
    const target = (from: typeof template) =>
      Object.values(from.findResources('AWS::SSM::Parameter')).find(
        ({ Properties }) => Properties.Name === '/gatehouse/dev/authorizer/function-arn',
      )?.['Properties'].Value;
    expect(target(template)).toEqual({ Ref: expect.stringContaining('Alias') });

    const plain = synthesise('Authorizer');
    plain.resourceCountIs('AWS::Lambda::Alias', 0);
    expect(target(plain)).toEqual({ 'Fn::GetAtt': [expect.stringContaining('Function'), 'Arn'] });
  });

  it('logs JSON to a group of its own that keeps lines as long as the environment says', () => {
    const template = synthesise('UsersApi', {
      environment: devEnvironment({ logRetentionDays: RetentionDays.ONE_MONTH }),
    });

    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/gatehouse/dev/users-api',
      RetentionInDays: 30,
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      LoggingConfig: {
        LogFormat: 'JSON',
        ApplicationLogLevel: 'DEBUG',
        LogGroup: { Ref: Match.stringLikeRegexp('Logs') },
      },
    });
    template.resourceCountIs('Custom::LogRetention', 0);
  });

  it.each([
    [true, { Mode: 'Active' }, 1],
    [false, Match.absent(), 0],
  ])('with tracing %s traces are sent, and may be sent, only then', (tracing, config, statements) => {
    const template = synthesise('Authorizer', { environment: devEnvironment({ tracing }) });
    const policies = JSON.stringify(template.findResources('AWS::IAM::Policy'));

    template.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: config });
    expect(policies.split('xray:PutTraceSegments').length - 1).toBe(statements);
  });

  it.each([
    [false, [], undefined],
    [true, ['main.cjs.map'], '--enable-source-maps'],
  ])('with sourceMaps %s the asset has the maps %j', (sourceMaps, maps, nodeOptions) => {
    const app = createInfraApp({
      environment: devEnvironment({ sourceMaps }),
      operations,
      parts: ['authorizer'],
      bundles: fakeBundles(),
    });
    const { directory, stacks } = app.synth();
    const asset = readdirSync(directory).find((name) => /^asset\.[0-9a-f]+$/.test(name)) ?? 'none';
    const resources: Record<string, { Type: string; Properties: never }> = stacks[0]?.template.Resources;
    const fn: { Properties: Record<string, { Variables: Record<string, string> }> } | undefined =
      Object.values(resources).find(({ Type }) => Type === 'AWS::Lambda::Function');

    expect(readdirSync(join(directory, asset)).filter((name) => name.endsWith('.map'))).toEqual(maps);
    expect(fn?.Properties['Environment']?.Variables['NODE_OPTIONS']).toBe(nodeOptions);
  });
});
