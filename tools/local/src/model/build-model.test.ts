import type { JsonObject } from '../assembly/json.ts';
import { assemblyOf, codeOf } from '../assembly/testing/in-memory-assembly.ts';
import { buildModel } from './build-model.ts';
import { inlineFunction, inlineFunctionArn, modelOf } from './testing/model-of.ts';

const resource = (type: string, properties: JsonObject = {}): JsonObject => ({
  Type: type,
  Properties: properties,
});

describe('a function', () => {
  it('has Lambda’s defaults where the template is silent', () => {
    expect(modelOf({ Fn: inlineFunction }).functions).toEqual([
      {
        stack: 'App',
        logicalId: 'Fn',
        name: 'hello',
        arn: inlineFunctionArn,
        runtime: 'nodejs24.x',
        handler: 'index.handler',
        code: { kind: 'inline', source: 'exports.handler = async () => 1' },
        memoryMb: 128,
        timeoutMs: 3000,
        environment: {},
        roleArn: 'arn:aws:iam::111122223333:role/r',
        tracing: 'PassThrough',
      },
    ]);
  });

  it('takes what the template says, numbers as text too', () => {
    const { functions } = modelOf({
      Fn: resource('AWS::Lambda::Function', {
        ...(inlineFunction['Properties'] as JsonObject),
        MemorySize: '512',
        Timeout: 30,
        ReservedConcurrentExecutions: 0,
        TracingConfig: { Mode: 'Active' },
        Environment: { Variables: { N: 5, FLAG: true, ARN: { 'Fn::GetAtt': ['Table', 'Arn'] } } },
      }),
      Table: resource('AWS::DynamoDB::Table', { TableName: 'users' }),
    });
    expect(functions[0]).toMatchObject({
      memoryMb: 512,
      timeoutMs: 30_000,
      reservedConcurrency: 0,
      tracing: 'Active',
      environment: { N: '5', FLAG: 'true', ARN: 'arn:aws:dynamodb:eu-west-1:111122223333:table/users' },
    });
  });

  it('finds its code in the asset that its key names', () => {
    const assembly = assemblyOf({
      App: {
        Resources: {
          Fn: resource('AWS::Lambda::Function', {
            Runtime: 'nodejs24.x',
            Handler: 'main.handler',
            Code: { S3Bucket: 'b', S3Key: 'prefix/abc.zip' },
          }),
        },
      },
    });
    const stack = {
      ...assembly.stacks[0]!,
      assets: new Map([['abc.zip', { path: '/out/asset.abc', packaging: 'zip' as const }]]),
    };
    expect(buildModel({ ...assembly, stacks: [stack] }).functions[0]!.code).toEqual({
      kind: 'directory',
      path: '/out/asset.abc',
    });
  });

  it('finds its code in a folder beside the template', () => {
    const { functions } = modelOf({
      Fn: resource('AWS::Lambda::Function', {
        Runtime: 'nodejs24.x',
        Handler: 'main.handler',
        Code: './dist',
      }),
    });
    expect(functions[0]!.code).toEqual({ kind: 'directory', path: '/nowhere/dist' });
  });

  it.each<readonly [string, JsonObject]>([
    ['that is an image', { PackageType: 'Image', Code: { ImageUri: 'x' } }],
    [
      'whose code is in a bucket',
      { Runtime: 'nodejs24.x', Handler: 'a.b', Code: { S3Bucket: 'b', S3Key: 'k.zip' } },
    ],
  ])('%s is listed and left out', (_name, properties) => {
    const model = modelOf({ Fn: resource('AWS::Lambda::Function', properties) });
    expect(model.functions).toEqual([]);
    expect(model.unsupported).toContainEqual(expect.objectContaining({ logicalId: 'Fn' }));
  });

  it('without a handler stops the start with the path', () => {
    expect(() =>
      modelOf({ Fn: resource('AWS::Lambda::Function', { Runtime: 'nodejs24.x', Code: { ZipFile: 'x' } }) }),
    ).toThrow(expect.objectContaining({ code: 'MODEL_INVALID', path: 'App/Fn.Properties.Handler' }));
  });
});

describe('a resource under a condition', () => {
  it('is there only when the condition holds', () => {
    const model = buildModel(
      assemblyOf({
        App: {
          Conditions: { On: { 'Fn::Equals': ['a', 'a'] }, Off: { 'Fn::Equals': ['a', 'b'] } },
          Resources: {
            Here: { ...resource('AWS::SQS::Queue', { QueueName: 'here' }), Condition: 'On' },
            Gone: { ...resource('AWS::SQS::Queue', { QueueName: 'gone' }), Condition: 'Off' },
          },
        },
      }),
    );
    expect(model.queues.map(({ name }) => name)).toEqual(['here']);
  });
});

describe('a table', () => {
  const properties: JsonObject = {
    TableName: 'users',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  };

  it('is on demand with its indexes, stream and time to live', () => {
    const { tables } = modelOf({
      T: resource('AWS::DynamoDB::Table', {
        ...properties,
        BillingMode: 'PAY_PER_REQUEST',
        GlobalSecondaryIndexes: [
          {
            IndexName: 'i',
            KeySchema: [],
            Projection: { ProjectionType: 'ALL' },
            ContributorInsightsSpecification: { Enabled: true },
          },
        ],
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      }),
    });
    expect(tables[0]).toMatchObject({
      name: 'users',
      ttlAttribute: 'expiresAt',
      streamViewType: 'NEW_IMAGE',
      definition: {
        TableName: 'users',
        BillingMode: 'PAY_PER_REQUEST',
        GlobalSecondaryIndexes: [{ IndexName: 'i', KeySchema: [], Projection: { ProjectionType: 'ALL' } }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      },
    });
    expect(tables[0]!.definition).not.toHaveProperty(
      'GlobalSecondaryIndexes.0.ContributorInsightsSpecification',
    );
  });

  it('has provisioned units as numbers', () => {
    const { tables } = modelOf({
      T: resource('AWS::DynamoDB::Table', {
        ...properties,
        ProvisionedThroughput: { ReadCapacityUnits: '5', WriteCapacityUnits: 2 },
      }),
    });
    expect(tables[0]!.definition).toMatchObject({
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 2 },
    });
  });

  it('that is global is made on demand in one region', () => {
    const { tables, unsupported } = modelOf({
      T: resource('AWS::DynamoDB::GlobalTable', {
        ...properties,
        BillingMode: 'PROVISIONED',
        Replicas: [{ Region: 'eu-west-1' }],
      }),
    });
    expect(tables[0]!.definition['BillingMode']).toBe('PAY_PER_REQUEST');
    expect(unsupported).toEqual([]);
  });

  it('whose time to live is off has none', () => {
    const { tables } = modelOf({
      T: resource('AWS::DynamoDB::Table', {
        ...properties,
        TimeToLiveSpecification: { AttributeName: 'x', Enabled: false },
      }),
    });
    expect(tables[0]).not.toHaveProperty('ttlAttribute');
  });
});

describe('a secret', () => {
  it('has a literal text, a generated one, or none', () => {
    const { secrets } = modelOf(
      {
        Literal: resource('AWS::SecretsManager::Secret', { Name: 'a', SecretString: 'text' }),
        Generated: resource('AWS::SecretsManager::Secret', {
          Name: 'b',
          GenerateSecretString: { PasswordLength: 4, ExcludePunctuation: true },
        }),
        Empty: resource('AWS::SecretsManager::Secret', { Name: 'c' }),
      },
      { randomInt: () => 0 },
    );
    expect(secrets.map(({ name, text }) => [name, text])).toEqual([
      ['a', 'text'],
      ['b', expect.stringMatching(/^[A-Za-z0-9]{4}$/)],
      ['c', undefined],
    ]);
    expect(secrets[0]!.arn).toMatch(/^arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-[0-9a-z]{6}$/);
  });

  it('is the same in a dynamic reference as through the API', () => {
    const model = modelOf({
      Key: resource('AWS::SecretsManager::Secret', {
        Name: 'key',
        GenerateSecretString: { SecretStringTemplate: '{"kty":"oct"}', GenerateStringKey: 'k' },
      }),
      P: resource('AWS::SSM::Parameter', {
        Name: 'p',
        Type: 'String',
        Value: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Key' }, ':SecretString:k::}}']] },
      }),
    });
    expect(model.parameters[0]!.value).toBe((JSON.parse(model.secrets[0]!.text!) as { k: string }).k);
  });

  it('that is imported comes from the file of secrets, by name or by ARN', () => {
    const { parameters } = modelOf(
      {
        A: resource('AWS::SSM::Parameter', {
          Name: 'a',
          Type: 'String',
          Value: '{{resolve:secretsmanager:hook}}',
        }),
        B: resource('AWS::SSM::Parameter', {
          Name: 'b',
          Type: 'String',
          Value:
            '{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-1:111122223333:secret:hook:SecretString}}',
        }),
      },
      { secrets: { hook: 'whsec' } },
    );
    expect(parameters.map(({ value }) => value)).toEqual(['whsec', 'whsec']);
  });
});

describe('a function URL', () => {
  const url = (properties: JsonObject): JsonObject =>
    resource('AWS::Lambda::Url', { AuthType: 'NONE', ...properties });

  it('is named as its function is, without the CDK’s hash', () => {
    const { functionUrls } = modelOf({
      Receiver4F3A8BCD: inlineFunction,
      Url: url({ TargetFunctionArn: { 'Fn::GetAtt': ['Receiver4F3A8BCD', 'Arn'] } }),
      Live: url({
        AuthType: 'AWS_IAM',
        TargetFunctionArn: { Ref: 'Receiver4F3A8BCD' },
        Qualifier: 'live',
        InvokeMode: 'RESPONSE_STREAM',
      }),
    });
    expect(functionUrls).toMatchObject([
      { name: 'Receiver', authType: 'NONE', invokeMode: 'BUFFERED', functionArn: inlineFunctionArn },
      {
        name: 'Receiver:live',
        authType: 'AWS_IAM',
        invokeMode: 'RESPONSE_STREAM',
        functionArn: inlineFunctionArn,
      },
    ]);
  });

  it('of an alias calls the function behind it', () => {
    const { functionUrls } = modelOf({
      Fn: inlineFunction,
      V: resource('AWS::Lambda::Version', { FunctionName: { Ref: 'Fn' } }),
      Live: resource('AWS::Lambda::Alias', {
        FunctionName: { Ref: 'Fn' },
        Name: 'live',
        FunctionVersion: { 'Fn::GetAtt': ['V', 'Version'] },
      }),
      Url: url({ TargetFunctionArn: { Ref: 'Live' } }),
    });
    expect(functionUrls[0]!.functionArn).toBe(inlineFunctionArn);
  });
});

describe('an event source', () => {
  const mapping = (properties: JsonObject): JsonObject => ({
    Fn: inlineFunction,
    T: resource('AWS::DynamoDB::Table', {
      TableName: 'deliveries',
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    }),
    M: resource('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: 'Fn' },
      EventSourceArn: { 'Fn::GetAtt': ['T', 'StreamArn'] },
      StartingPosition: 'TRIM_HORIZON',
      ...properties,
    }),
  });

  it('has Lambda’s defaults where the template is silent', () => {
    expect(modelOf(mapping({})).eventSources).toMatchObject([
      {
        functionArn: inlineFunctionArn,
        tableName: 'deliveries',
        batchSize: 100,
        batchingWindowSeconds: 0,
        filters: [],
        reportsItemFailures: false,
        bisectsOnError: false,
        maximumRetryAttempts: -1,
        maximumRecordAgeSeconds: -1,
      },
    ]);
  });

  it('has its filters parsed', () => {
    const FilterCriteria = { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] };
    expect(modelOf(mapping({ FilterCriteria })).eventSources[0]!.filters).toEqual([
      { eventName: ['INSERT'] },
    ]);
  });

  it('with a filter that is no JSON object stops the start', () => {
    expect(codeOf(() => modelOf(mapping({ FilterCriteria: { Filters: [{ Pattern: '[' }] } })))).toBe(
      'MODEL_INVALID',
    );
  });

  it('that is off is left out; one that reads no stream is listed', () => {
    expect(modelOf(mapping({ Enabled: false })).eventSources).toEqual([]);
    const { eventSources, unsupported } = modelOf(
      mapping({ EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:q' }),
    );
    expect(eventSources).toEqual([]);
    expect(unsupported).toMatchObject([{ logicalId: 'M', property: 'EventSourceArn' }]);
  });
});

describe('the model', () => {
  it('is frozen', () => {
    const model = modelOf({ Fn: inlineFunction });
    expect(Object.isFrozen(model.functions[0]!.environment)).toBe(true);
  });

  it('stands in the region and account of the first stack that names them', () => {
    const assembly = assemblyOf({ A: { Resources: { Q: resource('AWS::SQS::Queue') } } });
    const stack = { ...assembly.stacks[0]!, region: 'eu-north-1', accountId: '999900001111' };
    expect(buildModel({ ...assembly, stacks: [stack] })).toMatchObject({
      region: 'eu-north-1',
      accountId: '999900001111',
    });
    expect(buildModel(assembly)).toMatchObject({ region: 'us-east-1', accountId: '000000000000' });
  });
});
