import { httpApi, httpRoute, restApi, restMethod } from '../../models.ts';
import { startGateway } from '../../start-gateway.ts';
import { toFixture, toRequest } from '../fixture-of-case.ts';
import type { SpecialCase, SpecialCases } from './special-case.ts';

/** Variables that a call of this host never sets, since what they tell of does not exist in it. */
const NEVER_SET =
  /^(?:authorizer|authenticate|authorize|waf|identity\.cognito|identity\.clientCert|requestOverride|responseOverride|customDomain)|\*|<|^(?:webaclArn|wafResponseCode|identity\.principalOrgId|awsEndpointRequestId2)$/;

/** The variables that stay `-` for an anonymous call that succeeds. */
const UNSET_ON_SUCCESS =
  /^(?:error\.|identity\.(?:accountId|apiKey|apiKeyId|caller|user|userArn)$|integration\.error$|integrationErrorMessage$)/;

async function renderAll(
  front: 'rest' | 'http',
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const accessLogFormat = JSON.stringify(names.map((name) => [name, `$context.${name}`]));
  const gateway = await startGateway(
    front === 'rest'
      ? {
          rest: restApi({
            stages: [{ name: 'test', variables: {}, accessLogFormat }],
            methods: [restMethod('GET /a')],
          }),
        }
      : {
          http: httpApi({
            stages: [{ name: '$default', variables: {}, accessLogFormat }],
            routes: [httpRoute('GET /a')],
          }),
        },
  );
  await gateway.send({ path: front === 'rest' ? '/test/a' : '/a', headers: { 'User-Agent': 'agent' } });
  return new Map(JSON.parse(gateway.accessLog[0]?.line ?? '[]') as [string, string][]);
}

function rendersKnownVariables(front: 'rest' | 'http'): SpecialCase {
  return {
    check: async ({ expected }) => {
      const names = [
        ...(expected['vars'] as string[]),
        ...((expected['logOnly'] as string[] | undefined) ?? []),
      ];
      const rendered = await renderAll(
        front,
        names.filter((name) => !NEVER_SET.test(name)),
      );
      const unset = [...rendered].filter(([, value]) => value === '-').map(([name]) => name);
      expect(unset.filter((name) => !UNSET_ON_SUCCESS.test(name))).toEqual([]);
    },
  };
}

const refusedUnder = (methodKey?: string): SpecialCase => ({
  fixture: (subject) => ({
    rest: {
      ...(toFixture(subject).rest ?? restApi()),
      methods: methodKey === undefined ? [] : [restMethod(methodKey)],
    },
  }),
});

export const ACCESS_LOG_CASES: SpecialCases = {
  'alog-003': {
    check: async () => {
      const accessLogFormat = '$context.error.message|$context.nothing|$context.error.messageString';
      const stages = [{ name: 'test', variables: {}, accessLogFormat }];
      const gateway = await startGateway({ rest: restApi({ stages, methods: [] }) });
      await gateway.send({ path: '/test/x' });
      expect(gateway.accessLog.map(({ line }) => line)).toEqual([
        'Missing Authentication Token|-|"Missing Authentication Token"',
      ]);
    },
  },
  'alog-004': refusedUnder(),
  'alog-006': {
    ...refusedUnder(),
    request: (subject) => ({ ...toRequest(subject), headers: { Authorization: 'Bearer abc' } }),
    expected: ({ expected }) => ({
      context: {
        ...expected['context'],
        'error.message': expect.stringContaining(expected['context']['error.message']),
      },
    }),
  },
  'alog-009': rendersKnownVariables('rest'),
  'alog-010': rendersKnownVariables('http'),
};
