import type { GatewayResponseModel } from '../../../../model/app-model.ts';
import { DEFAULT_TEMPLATE, GATEWAY_RESPONSE_STATUS } from '../../../rest/gateway-response-types.ts';
import { AUTHORIZER_ARN, restApi, restMethod } from '../../models.ts';
import { startGateway } from '../../start-gateway.ts';
import type { BehaviourCase } from '../cases.ts';
import { restAuthorizer } from './authorizers.ts';
import type { SpecialCase, SpecialCases } from './special-case.ts';

/** The defaults of a type, as GetGatewayResponse tells them. */
function checkDefaults({ setup, expected }: BehaviourCase): void {
  const type = String(setup['call']).split(' ')[1] as keyof typeof GATEWAY_RESPONSE_STATUS;
  expect(GATEWAY_RESPONSE_STATUS[type]?.toString() ?? null).toBe(expected['statusCode']);
  expect({ 'application/json': DEFAULT_TEMPLATE }).toEqual(expected['responseTemplates']);
}

/** `gwresp-001` to `gwresp-021`: one for each type. */
const DEFAULTS = Object.fromEntries(
  Array.from({ length: 21 }, (_, index) => [
    `gwresp-${String(index + 1).padStart(3, '0')}`,
    { check: checkDefaults },
  ]),
) as Readonly<Record<string, SpecialCase>>;

function custom(responseType: string, parts: Partial<GatewayResponseModel>): GatewayResponseModel {
  return { responseType, headers: {}, templates: {}, ...parts };
}

const FAILING_AUTHORIZER = {
  methods: [
    restMethod('GET /fails'),
    restMethod('GET /guarded', { authorization: { kind: 'CUSTOM', authorizerId: 'auth' } as const }),
  ],
  authorizers: [restAuthorizer({ functionArn: AUTHORIZER_ARN })],
};

export const GATEWAY_RESPONSE_CASES: SpecialCases = {
  ...DEFAULTS,
  'gwresp-022': {
    check: async () => {
      const gateway = await startGateway({
        rest: restApi({
          ...FAILING_AUTHORIZER,
          gatewayResponses: [
            custom('DEFAULT_5XX', {
              statusCode: 599,
              headers: { 'x-own': "'5xx'" },
              templates: { 'application/json': '{"own":$context.error.messageString}' },
            }),
            custom('AUTHORIZER_FAILURE', { headers: { 'x-other': "'authorizer'" } }),
          ],
        }),
        handler: () => ({ unknown: true }),
        authorizer: () => {
          throw new Error('down');
        },
      });
      const inherits = await gateway.send({ path: '/test/fails' });
      const owns = await gateway.send({ path: '/test/guarded', headers: { Authorization: 't' } });
      expect([inherits.status, inherits.text()]).toEqual([599, '{"own":"Internal server error"}']);
      expect(inherits.header('x-own')).toEqual(['5xx']);
      expect([owns.status, owns.text()]).toEqual([500, '{"message":null}']);
      expect([owns.header('x-own'), owns.header('x-other')]).toEqual([[], ['authorizer']]);
    },
  },
  'gwresp-023': {
    check: async () => {
      const templates = { 'application/json': '{"gone":"$context.error.message"}' };
      const gateway = await startGateway({
        rest: restApi({
          methods: [],
          gatewayResponses: [custom('MISSING_AUTHENTICATION_TOKEN', { templates })],
        }),
      });
      const response = await gateway.send({ path: '/test/x' });
      expect([response.status, response.text()]).toEqual([403, '{"gone":"Missing Authentication Token"}']);
    },
  },
  'gwresp-024': {
    fixture: () => ({
      rest: restApi({
        stages: [{ name: 'Prod', variables: {} }],
        methods: [restMethod('GET /iam', { authorization: { kind: 'AWS_IAM' } })],
        gatewayResponses: [custom('DEFAULT_4XX', { headers: { 'Access-Control-Allow-Origin': "'*'" } })],
      }),
    }),
  },
  'gwresp-025': {
    fixture: () => ({
      rest: restApi({
        stages: [{ name: 'unknown', variables: {} }],
        methods: [],
        gatewayResponses: [custom('DEFAULT_4XX', { statusCode: 444 })],
      }),
    }),
  },
  'gwresp-026': {
    check: async () => {
      const template = '#set($a = 1)$a $context.httpMethod ${stageVariables.colour} $context.nothing.';
      const gateway = await startGateway({
        rest: restApi({
          stages: [{ name: 'test', variables: { colour: 'red' } }],
          methods: [],
          gatewayResponses: [custom('DEFAULT_4XX', { templates: { 'application/json': template } })],
        }),
      });
      expect((await gateway.send({ path: '/test/x' })).text()).toBe('#set($a = 1)$a GET red .');
    },
  },
};
