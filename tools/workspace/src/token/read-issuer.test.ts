import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HostState } from '../start/host-state.ts';
import { readIssuer } from './read-issuer.ts';

const key = { kty: 'oct', kid: 'k1', k: 'AAAA' };
const parameter = { issuer: 'https://auth.example/', audience: 'https://api.example/', keyArn: 'arn:secret' };

/** Stands in for the host's Secrets Manager and Systems Manager: AWS JSON 1.1, by target. */
const serve = async (answers: Readonly<Record<string, unknown>>) => {
  const server = createServer((request, response) => {
    const answer = answers[String(request.headers['x-amz-target'])];
    response.writeHead(answer === undefined ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answer ?? { __type: 'ParameterNotFound', message: 'none' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const state: HostState = {
    apis: [],
    functionUrls: [],
    aws: {
      region: 'eu-central-1',
      endpoints: { dynamodb: url, secretsManager: url, ssm: url },
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    },
  };
  return { state, close: () => server.close() };
};

describe('readIssuer', () => {
  it('reads the issuer and its key from the running host', async () => {
    const { state, close } = await serve({
      'AmazonSSM.GetParameter': { Parameter: { Value: JSON.stringify(parameter) } },
      'secretsmanager.GetSecretValue': { SecretString: JSON.stringify(key) },
    });
    const { issuer, audience } = parameter;
    await expect(readIssuer({ kind: 'local', state })).resolves.toEqual({ issuer, audience, key });
    close();
  });

  it('says that the environment has no issuer of its own', async () => {
    const { state, close } = await serve({});
    await expect(readIssuer({ kind: 'local', state })).rejects.toMatchObject({ code: 'WORKSPACE_NO_ISSUER' });
    close();
  });

  it.each(['staging', 'prod', 'dev2'])('refuses %s before it reads anything', async (environment) => {
    await expect(readIssuer({ kind: 'environment', environment })).rejects.toMatchObject({
      code: 'WORKSPACE_ENVIRONMENT_REFUSED',
    });
  });
});
