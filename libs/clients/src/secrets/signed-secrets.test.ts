import { startTestServer, type Answer, type TestServer } from '../testing/index.ts';
import { parameterStore, secretStore } from './signed-secrets.ts';

let server: TestServer;
let answer: Answer;
beforeEach(async () => {
  server = await startTestServer((response, request) => answer(response, request));
});
afterEach(() => server.close());

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
const options = (): object => ({
  endpoint: server.url,
  region: 'eu-west-1',
  credentials: () => Promise.resolve(credentials),
});
const json =
  (status: number, body: unknown): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));

describe('secretStore', () => {
  it('reads a secret by one signed call', async () => {
    answer = json(200, { Name: 'a', SecretString: 'text', VersionId: 'v1' });
    expect(await secretStore(options()).read('a')).toEqual({ value: 'text', versionId: 'v1' });
    const [request] = server.seen;
    expect(request).toMatchObject({
      method: 'POST',
      url: '/',
      headers: {
        'x-amz-target': 'secretsmanager.GetSecretValue',
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-security-token': 'token',
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/secretsmanager\/aws4_request, /,
        ),
      },
    });
    expect(JSON.parse(String(request?.body))).toEqual({ SecretId: 'a', VersionStage: 'AWSCURRENT' });
  });

  it('gives nothing for a stage that the secret does not have', async () => {
    answer = json(400, { __type: 'ResourceNotFoundException', Message: 'no' });
    expect(await secretStore(options()).read('a', { versionStage: 'AWSPREVIOUS' })).toBeUndefined();
  });

  it.each([
    [
      'a secret that is not there',
      json(400, { __type: 'ResourceNotFoundException' }),
      'CLIENTS_SECRET_UNUSABLE',
    ],
    ['a secret of bytes', json(200, { SecretBinary: 'AAA=', VersionId: 'v1' }), 'CLIENTS_SECRET_UNUSABLE'],
    ['a refusal', json(400, { __type: 'AccessDeniedException', message: 'no' }), 'CLIENTS_AWS_REFUSED'],
    ['what is no JSON', (response) => response.end('<html>'), 'CLIENTS_RESPONSE_INVALID'],
  ])('throws for %s', async (_name, given, code) => {
    answer = given;
    await expect(secretStore(options()).read('a')).rejects.toMatchObject({ code });
    expect(server.seen).toHaveLength(1);
  });

  it('names what the service said, and whose request it was', async () => {
    answer = (response) =>
      response
        .writeHead(400, {
          'x-amzn-requestid': 'r1',
          'x-amzn-errortype': 'AccessDeniedException:http://internal/',
        })
        .end('{"Message":"not you"}');
    await expect(secretStore(options()).read('a')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: 'not you',
      status: 400,
      requestId: 'r1',
    });
  });

  it.each([
    ['a throttle', json(400, { __type: 'com.amazonaws#ThrottlingException' })],
    ['a failure of the service', json(500, { __type: 'InternalServiceError' })],
  ])('tries again after %s', async (_name, given) => {
    let calls = 0;
    answer = (response, request) =>
      (++calls === 1 ? given : json(200, { SecretString: 'text', VersionId: 'v1' }))(response, request);
    expect(await secretStore(options()).read('a')).toMatchObject({ value: 'text' });
    expect(calls).toBe(2);
  });

  it('gives up after three tries', async () => {
    answer = json(400, { __type: 'ThrottlingException' });
    await expect(secretStore(options()).read('a')).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(server.seen).toHaveLength(3);
  });

  it('says what is missing when there are no credentials', async () => {
    const none = secretStore({
      endpoint: server.url,
      environment: () => ({
        region: undefined,
        credentials: undefined,
        credentialsUrl: undefined,
        credentialsToken: undefined,
        endpointUrl: () => undefined,
        fips: false,
      }),
    });
    await expect(none.read('a')).rejects.toMatchObject({ code: 'CLIENTS_CREDENTIALS_MISSING' });
  });
});

describe('parameterStore', () => {
  it('reads a parameter, decrypted, with its version', async () => {
    answer = json(200, { Parameter: { Name: '/a', Value: 'b', Version: 3 } });
    expect(await parameterStore(options()).read('/a')).toEqual({ value: 'b', versionId: '3' });
    expect(server.seen[0]?.headers).toMatchObject({ 'x-amz-target': 'AmazonSSM.GetParameter' });
    expect(JSON.parse(String(server.seen[0]?.body))).toEqual({ Name: '/a', WithDecryption: true });
  });

  it('throws for a parameter that is not there', async () => {
    answer = json(400, { __type: 'ParameterNotFound' });
    await expect(parameterStore(options()).read('/a')).rejects.toMatchObject({
      code: 'CLIENTS_SECRET_UNUSABLE',
    });
  });
});
