import { simpleResult, stageResource, wholeStagePolicy } from './whole-stage-policy.ts';

const API = 'arn:aws:execute-api:eu-central-1:123456789012:a1b2c3';

describe('stageResource', () => {
  it.each([
    ['a REST method', `${API}/prod/GET/users/7`, `${API}/prod/*`],
    ['the root', `${API}/prod/GET/`, `${API}/prod/*`],
    ['the default stage of an HTTP API', `${API}/$default/GET/hello`, `${API}/$default/*`],
    [
      'another partition',
      API.replace('aws', 'aws-us-gov') + '/s/GET/',
      API.replace('aws', 'aws-us-gov') + '/s/*',
    ],
    ['a path with wildcards', `${API}/prod/GET/*/?/\${aws:username}`, `${API}/prod/*`],
    ['a path with another ARN', `${API}/prod/GET/${API}/other/GET/`, `${API}/prod/*`],
    ['a path with line feeds', `${API}/prod/GET/\n\r\u2028`, `${API}/prod/*`],
  ])('is every route of the stage for %s', (_, arn, expected) => {
    expect(stageResource(arn)).toBe(expected);
  });

  it.each([
    '',
    '*',
    'arn:aws:execute-api:*:*:*/*/GET/',
    `${API}/*/GET/`,
    `${API}/pr?d/GET/`,
    `${API}//GET/`,
    `${API}/$other/GET/`,
    API,
    ` ${API}/prod/GET/`,
    'arn:aws:lambda:eu-central-1:123456789012:function:x/prod/GET/',
    `${API}/prod`,
    `${API}/${'s'.repeat(129)}/GET/`,
    `${API.replace('eu-central-1', '')}/prod/GET/`,
    `${API.replace('eu-central-1', 'EU')}/prod/GET/`,
    `${API.replace('123456789012', '12345678901')}/prod/GET/`,
    `${API.replace('123456789012', 'account')}/prod/GET/`,
    `${API.replace('a1b2c3', '')}/prod/GET/`,
    `${API.replace('aws', 'aws!')}/prod/GET/`,
  ])('refuses %j, which is no method of a stage', (arn) => {
    expect(() => stageResource(arn)).toThrow(
      expect.objectContaining({ code: 'AUTH_EVENT_INVALID', detail: 'arn' }),
    );
  });
});

describe('wholeStagePolicy', () => {
  it('is one statement, and nothing that a gateway would not take', () => {
    expect(wholeStagePolicy('Deny', `${API}/prod/*`, { principalId: 'alice' })).toStrictEqual({
      principalId: 'alice',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Deny', Resource: `${API}/prod/*` }],
      },
    });
  });

  it('hands on the context and the usage plan’s key', () => {
    const caller = { principalId: 'alice', context: { kind: 'user' }, usageIdentifierKey: 'key' };
    expect(wholeStagePolicy('Allow', `${API}/prod/*`, caller)).toMatchObject(caller);
  });
});

describe('simpleResult', () => {
  it('says yes with a context, and no without', () => {
    expect(simpleResult('Allow', { kind: 'user' })).toEqual({
      isAuthorized: true,
      context: { kind: 'user' },
    });
    expect(simpleResult('Deny')).toStrictEqual({ isAuthorized: false });
  });
});
