import type { GatewayResponseModel } from '../../model/app-model.ts';
import { restApi } from '../testing/models.ts';
import { closeGateways, startGateway } from '../testing/start-gateway.ts';

afterEach(closeGateways);

describe('gateway responses', () => {
  const send = async (
    gatewayResponses: readonly GatewayResponseModel[],
    headers: Record<string, string> = {},
  ) => {
    const stages = [{ name: 'test', variables: { colour: 'red' } }];
    const gateway = await startGateway({ rest: restApi({ stages, methods: [], gatewayResponses }) });
    return gateway.send({ path: '/test/a?q=5', headers });
  };
  const custom = (responseType: string, parts: Partial<GatewayResponseModel>): GatewayResponseModel => ({
    responseType,
    headers: {},
    templates: {},
    ...parts,
  });

  it('take their headers from literals, the context, the stage and the request', async () => {
    const headers = {
      'x-literal': "'a, b'",
      'x-context': 'context.error.responseType',
      'x-stage': 'stageVariables.colour',
      'gatewayresponse.header.x-query': 'method.request.querystring.q',
      'x-header': 'method.request.header.Origin',
      'x-nothing': 'context.none',
      'Content-Type': "'application/problem+json'",
    };

    const response = await send([custom('DEFAULT_4XX', { headers })], { Origin: 'https://a.example' });

    expect(
      ['x-literal', 'x-context', 'x-stage', 'x-query', 'x-header', 'x-nothing', 'content-type'].map((name) =>
        response.header(name),
      ),
    ).toEqual([
      ['a, b'],
      ['MISSING_AUTHENTICATION_TOKEN'],
      ['red'],
      ['5'],
      ['https://a.example'],
      [],
      ['application/problem+json'],
    ]);
  });

  it('take the template of the accepted type', async () => {
    const templates = {
      'application/json': '{"own":$context.error.messageString}',
      'text/html': '<p>$context.error.message',
    };

    const html = await send([custom('DEFAULT_4XX', { templates })], { Accept: 'text/html,*/*' });
    const json = await send([custom('DEFAULT_4XX', { templates })]);

    expect([html.header('content-type'), html.text()]).toEqual([
      ['text/html'],
      '<p>Missing Authentication Token',
    ]);
    expect(json.text()).toBe('{"own":"Missing Authentication Token"}');
  });

  it('of a type inherit nothing from the default', async () => {
    const response = await send([
      custom('DEFAULT_4XX', { statusCode: 444, headers: { 'x-default': "'1'" } }),
      custom('MISSING_AUTHENTICATION_TOKEN', { headers: { 'x-own': "'1'" } }),
    ]);

    expect([response.status, response.header('x-default'), response.header('x-own')]).toEqual([
      403,
      [],
      ['1'],
    ]);
  });
});
