import { restApi, restMethod } from '../testing/models.ts';
import { closeGateways, startGateway } from '../testing/start-gateway.ts';

afterEach(closeGateways);

describe('request validation', () => {
  const model = { type: 'object', required: ['a'], properties: { a: { type: 'number' } } };
  const rest = restApi({
    models: { numbers: model, broken: { type: 'no-such-type' } },
    methods: [
      restMethod('ANY /a', {
        validation: {
          requiredParameters: ['method.request.querystring.q', 'method.request.header.X-H'],
          bodyModels: { 'application/json': 'numbers' },
        },
      }),
      restMethod('ANY /b', { validation: { requiredParameters: [], bodyModels: { $default: 'broken' } } }),
    ],
  });

  it.each([
    [
      'a parameter is missing',
      'GET',
      '/test/a?q=1',
      {},
      undefined,
      '{"message":"Missing required request parameters: [X-H]"}',
    ],
    [
      'two are: header before query',
      'GET',
      '/test/a?q=',
      {},
      undefined,
      '{"message":"Missing required request parameters: [X-H, q]"}',
    ],
    [
      'the body has no object',
      'GET',
      '/test/a?q=1',
      { 'x-h': '1' },
      undefined,
      '{"message":"Invalid request body"}',
    ],
    [
      'the body is not JSON',
      'POST',
      '/test/a?q=1',
      { 'x-h': '1' },
      '{',
      '{"message":"Invalid request body"}',
    ],
    [
      'the body breaks a rule',
      'POST',
      '/test/a?q=1',
      { 'x-h': '1' },
      '{"a":"1"}',
      '{"message":"Invalid request body"}',
    ],
  ])('answers 400 when %s', async (_name, method, path, headers, body, text) => {
    const gateway = await startGateway({ rest });

    const response = await gateway.send({
      method,
      path,
      headers,
      ...(body === undefined ? {} : { body }),
    });

    expect([response.status, response.text()]).toEqual([400, text]);
  });

  it('lets through what the model describes, and types that have no model', async () => {
    const gateway = await startGateway({ rest });
    const send = (type: string, body: string) =>
      gateway.send({
        method: 'POST',
        path: '/test/a?q=1',
        headers: { 'X-H': '1', 'Content-Type': type },
        body,
      });

    expect((await send('application/json; charset=utf-8', '{"a":1}')).status).toBe(200);
    expect((await send('text/plain', '{')).status).toBe(200);
  });

  it('answers 500 for a model that cannot be used, and tells why in the trace', async () => {
    const gateway = await startGateway({ rest });

    expect((await gateway.send({ method: 'POST', path: '/test/b', body: '{}' })).status).toBe(500);
    expect(gateway.trace).toContainEqual(
      expect.objectContaining({
        outcome: 'error',
        reason: expect.stringContaining('the model broken cannot be used'),
      }),
    );
  });
});
