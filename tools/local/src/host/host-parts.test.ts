import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createQueueStore } from '../event-source/queue-store.ts';
import { createLogHistory } from '../log/log-history.ts';
import { inlineFunction, modelOf } from '../model/testing/model-of.ts';
import { createRequestHistory } from '../trace/request-history.ts';
import { createSegmentHistory } from '../trace/segment-history.ts';
import { createConsoleServer } from './console-server.ts';
import { createDeferredInvoker } from './deferred-invoker.ts';
import { createIdentities } from './identities.ts';
import { withLocalUrls } from './local-urls.ts';
import { listenOn } from './start-fronts.ts';
import { writeStateFile } from './state-file.ts';
import type { HostState } from './state-file.ts';

const model = modelOf({
  Fn: {
    ...inlineFunction,
    Properties: {
      ...(inlineFunction['Properties'] as object),
      Environment: {
        Variables: {
          OWN: { 'Fn::GetAtt': ['Url', 'FunctionUrl'] },
          API: { 'Fn::Sub': '${Api.ApiEndpoint}/v1' },
          FOREIGN: 'https://abcdef1234.execute-api.eu-west-1.amazonaws.com/x',
        },
      },
    },
  },
  Other: {
    Type: 'AWS::Lambda::Function',
    Properties: { Runtime: 'nodejs24.x', Handler: 'a.b', Code: { ZipFile: '' } },
  },
  Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE', TargetFunctionArn: { Ref: 'Other' } } },
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType: 'HTTP' } },
  P: {
    Type: 'AWS::SSM::Parameter',
    Properties: { Name: 'p', Type: 'String', Value: { 'Fn::GetAtt': ['Url', 'FunctionUrl'] } },
  },
  S: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 's', SecretString: 'a secret text' } },
});

describe('the URLs of the model', () => {
  it('lead to this machine where they are its own, and stay where they are not', () => {
    const origins = new Map([
      [model.functionUrls[0]!.id, 'http://127.0.0.1:1'],
      [model.httpApis[0]!.id, 'http://127.0.0.1:2'],
    ]);
    const local = withLocalUrls(model, origins);
    expect(local.functions[0]!.environment).toEqual({
      OWN: 'http://127.0.0.1:1/',
      API: 'http://127.0.0.1:2/v1',
      FOREIGN: 'https://abcdef1234.execute-api.eu-west-1.amazonaws.com/x',
    });
    expect(local.parameters[0]!.value).toBe('http://127.0.0.1:1/');
  });
});

describe('access keys', () => {
  it('are a session of its role for a function, and a user for the developer', () => {
    const { find, of, developer } = createIdentities(model);
    const key = of(model.functions[0]!);
    expect(find(key.accessKeyId)).toEqual({
      secretAccessKey: key.secretAccessKey,
      sessionToken: key.sessionToken,
      accountId: '111122223333',
      principalArn: 'arn:aws:sts::111122223333:assumed-role/r/hello',
      userId: expect.stringMatching(/^AROA[0-9A-F]{16}:hello$/),
    });
    expect(find(developer.accessKeyId)).toMatchObject({
      principalArn: 'arn:aws:iam::111122223333:user/local',
    });
    expect(find(developer.accessKeyId)).not.toHaveProperty('sessionToken');
    expect(find('AKIANOBODY')).toBeUndefined();
  });

  it('are new at every start', () => {
    expect(createIdentities(model).developer).not.toEqual(createIdentities(model).developer);
  });
});

describe('the state file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-state-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const state = (pid: number): HostState => ({
    pid,
    console: 'c',
    apis: [],
    functionUrls: [],
    aws: {
      region: 'r',
      accountId: 'a',
      endpoints: { dynamodb: '', secretsManager: '', ssm: '' },
      credentials: { accessKeyId: 'k', secretAccessKey: 's' },
    },
  });

  it('is there whole, and removed by the host that wrote it alone', () => {
    const file = path.join(folder, 'deep', 'local.json');
    const removeFirst = writeStateFile(file, state(1));
    const removeSecond = writeStateFile(file, state(2));
    removeFirst();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(state(2));
    expect(readdirSync(path.dirname(file))).toEqual(['local.json']);
    removeSecond();
    expect(existsSync(file)).toBe(false);
    removeSecond();
  });

  it('that cannot be written stops the start with a code', () => {
    writeFileSync(path.join(folder, 'file'), '');
    expect(() => writeStateFile(path.join(folder, 'file', 'local.json'), state(1))).toThrow(
      expect.objectContaining({ code: 'STATE_UNWRITABLE' }),
    );
  });
});

describe('the deferred invoker', () => {
  it('lets calls wait until there is an invoker', async () => {
    const { invoker, set } = createDeferredInvoker();
    const early = invoker.invoke('arn', '{}');
    set({ invoke: async (functionArn) => ({ kind: 'unavailable', reason: functionArn }) });
    expect(await early).toEqual({ kind: 'unavailable', reason: 'arn' });
    expect(await invoker.invoke('later', '{}')).toEqual({ kind: 'unavailable', reason: 'later' });
  });
});

describe('a port', () => {
  it('that is taken is named with what to do', async () => {
    const server = { listen: () => Promise.reject(Object.assign(new Error('x'), { code: 'EADDRINUSE' })) };
    await expect(listenOn(server, 4500)).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: 'Port 4500 of 127.0.0.1 is in use.',
      hint: 'Give another --port-base, or 0 for free ports.',
    });
  });
});

describe('the console', () => {
  const requests = createRequestHistory();
  const logs = createLogHistory();
  const segments = createSegmentHistory();
  const server = createConsoleServer({ model, requests, logs, segments, queues: createQueueStore([]) });
  let port = 0;
  beforeAll(async () => {
    ({ port } = await server.listen(0));
  });
  afterAll(() => server.close());

  const get = async (page: string): Promise<{ status: number; text: string }> => {
    const response = await fetch(`http://127.0.0.1:${port}${page}`);
    return { status: response.status, text: await response.text() };
  };

  it('lists its pages', async () => {
    expect((await get('/')).text).toContain('/requests/{requestId}');
  });

  it('shows requests, logs, traces and queues', async () => {
    requests.record({
      at: 1,
      requestId: 'r1',
      front: 'f',
      kind: 'http',
      stage: 'route',
      outcome: 'refuse',
      reason: 'no route',
    });
    logs.record({ kind: 'notice', at: 1, functionName: 'hello', text: 'here' });
    segments.record({ trace_id: 't1', id: 's' });
    expect((await get('/requests/r1')).text).toContain('no route');
    expect((await get('/logs?function=hell')).text).toContain('here');
    expect(JSON.parse((await get('/logs?function=nobody')).text)).toEqual([]);
    expect((await get('/traces/t1')).text).toContain('"id": "s"');
    expect((await get('/queues')).status).toBe(200);
    expect((await get('/requests/nobody')).status).toBe(404);
    expect((await get('/nothing')).status).toBe(404);
  });

  it('shows the model without the text of a secret or a variable', async () => {
    const { text } = await get('/model');
    expect(text).toContain('"hasValue": true');
    expect(text).not.toContain('a secret text');
    expect(text).not.toContain('abcdef1234');
  });

  it('refuses a page that is asked for by another name (DNS rebinding)', async () => {
    const status = await new Promise((resolve) => {
      request(
        { port, host: '127.0.0.1', path: '/logs', headers: { host: 'attacker.example' } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      ).end();
    });
    expect(status).toBe(403);
  });
});
