import {
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import {
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { heldSecrets } from '../held-secrets.ts';
import { startAwsApiServer } from './aws-api-server.ts';
import type { AwsApiServer } from './aws-api-server.ts';
import { createParameterStore } from './parameter-store.ts';
import { createSecretsManager } from './secrets-manager.ts';

const place = { partition: 'aws', region: 'eu-west-1', accountId: '111122223333' };
const keyArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/key-abc123';
const secrets = heldSecrets(
  {
    ...place,
    secrets: [
      { stack: 'App', logicalId: 'Key', name: 'app/key', arn: keyArn, text: '{"kty":"oct"}' },
      { stack: 'App', logicalId: 'Empty', name: 'app/empty', arn: `${keyArn.slice(0, -10)}empty-abc123` },
    ],
  },
  { 'app/hook': 'whsec', 'app/key': 'is made by a template' },
);
const parameters = [
  '/app/table',
  '/app/deep/url',
  '/other',
  ...Array.from({ length: 12 }, (_, n) => `/many/${n}`),
].map((name) => ({ stack: 'App', logicalId: 'P', name, type: 'String', value: `value of ${name}` }));

const notices: string[] = [];
let server: AwsApiServer;
let secretsManager: SecretsManagerClient;
let ssm: SSMClient;

beforeAll(async () => {
  server = await startAwsApiServer({
    secretsManager: createSecretsManager(secrets, 1_700_000_000),
    parameterStore: createParameterStore({
      parameters,
      arnPrefix: 'arn:aws:ssm:eu-west-1:111122223333:parameter',
      modifiedAt: 1_700_000_000,
    }),
    notice: (text) => notices.push(text),
  });
  const config = {
    endpoint: server.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  };
  secretsManager = new SecretsManagerClient(config);
  ssm = new SSMClient(config);
});
afterAll(async () => {
  secretsManager.destroy();
  ssm.destroy();
  await server.close();
});

describe('GetSecretValue, by the AWS SDK', () => {
  it.each([
    ['name', 'app/key', '{"kty":"oct"}'],
    ['full ARN', keyArn, '{"kty":"oct"}'],
    ['ARN without its suffix', keyArn.slice(0, -7), '{"kty":"oct"}'],
    ['name, imported', 'app/hook', 'whsec'],
    ['partial ARN, imported', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/hook', 'whsec'],
  ])('finds a secret by %s', async (_name, SecretId, text) => {
    const answer = await secretsManager.send(new GetSecretValueCommand({ SecretId }));
    expect(answer).toMatchObject({ SecretString: text, VersionStages: ['AWSCURRENT'] });
    expect(answer.CreatedDate).toEqual(new Date(1_700_000_000_000));
  });

  it('gives the version that it names when it is asked for', async () => {
    const { VersionId } = await secretsManager.send(new GetSecretValueCommand({ SecretId: 'app/key' }));
    const again = await secretsManager.send(new GetSecretValueCommand({ SecretId: 'app/key', VersionId }));
    expect(again.SecretString).toBe('{"kty":"oct"}');
  });

  it.each([
    ['an unknown secret', { SecretId: 'nobody' }, "Secrets Manager can't find the specified secret."],
    ['a secret without a value', { SecretId: 'app/empty' }, /staging label: AWSCURRENT/],
    [
      'the previous version',
      { SecretId: 'app/key', VersionStage: 'AWSPREVIOUS' },
      /staging label: AWSPREVIOUS/,
    ],
    ['an unknown version', { SecretId: 'app/key', VersionId: 'f'.repeat(32) }, /VersionId/],
  ])('refuses %s', async (_name, input, message) => {
    const call = secretsManager.send(new GetSecretValueCommand(input));
    await expect(call).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(call).rejects.toThrow(message);
  });
});

describe('Parameter Store, by the AWS SDK', () => {
  it('gives a parameter by name, by version and by ARN', async () => {
    for (const Name of [
      '/app/table',
      '/app/table:1',
      'arn:aws:ssm:eu-west-1:111122223333:parameter/app/table',
    ]) {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
      expect(Parameter).toMatchObject({ Name: '/app/table', Value: 'value of /app/table', Version: 1 });
    }
  });

  it('refuses an unknown one', async () => {
    await expect(ssm.send(new GetParameterCommand({ Name: '/nobody' }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
  });

  it('gives several, and names those that it has not', async () => {
    const answer = await ssm.send(new GetParametersCommand({ Names: ['/app/table', '/nobody'] }));
    expect(answer.Parameters!.map(({ Name }) => Name)).toEqual(['/app/table']);
    expect(answer.InvalidParameters).toEqual(['/nobody']);
  });

  it('gives those below a path, one level or all', async () => {
    const names = async (Recursive: boolean): Promise<unknown> =>
      (await ssm.send(new GetParametersByPathCommand({ Path: '/app', Recursive }))).Parameters!.map(
        ({ Name }) => Name,
      );
    expect(await names(false)).toEqual(['/app/table']);
    expect(await names(true)).toEqual(['/app/table', '/app/deep/url']);
  });

  it('gives pages of ten', async () => {
    const first = await ssm.send(new GetParametersByPathCommand({ Path: '/many/' }));
    const second = await ssm.send(
      new GetParametersByPathCommand({ Path: '/many/', NextToken: first.NextToken }),
    );
    expect([first.Parameters!.length, second.Parameters!.length, second.NextToken]).toEqual([
      10,
      2,
      undefined,
    ]);
  });
});

describe('a call that the host does not simulate', () => {
  it('is refused in AWS’s shape, and said', async () => {
    await expect(secretsManager.send(new ListSecretsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'gatehouse-local does not simulate secretsmanager.ListSecrets',
      $metadata: { httpStatusCode: 400 },
    });
    expect(notices).toContain('gatehouse-local does not simulate secretsmanager.ListSecrets');
  });

  it('of a service that speaks XML is refused in XML, by the name in its signature', async () => {
    const response = await fetch(server.endpoint, {
      method: 'PUT',
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/s3/aws4_request, x' },
      body: 'x',
    });
    expect([response.status, await response.text()]).toEqual([
      400,
      '<ErrorResponse><Error><Code>UnknownOperationException</Code><Message>gatehouse-local does not simulate PUT s3</Message></Error></ErrorResponse>',
    ]);
  });

  it.each(['{', '[]', '"x"'])('with the body %s is refused', async (body) => {
    const response = await fetch(server.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'secretsmanager.GetSecretValue' },
      body,
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      { __type: 'SerializationException', message: 'The body is not a JSON object.' },
    ]);
  });
});
