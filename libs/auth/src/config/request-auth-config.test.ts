import { parseRequestAuthConfig } from './request-auth-config.ts';

const sha256 = 'ab'.repeat(32);
const apiKeys = [{ id: 'partner', sha256, scopes: ['users:read'] }];
const token = {
  issuers: [{ issuer: 'i', algorithms: ['HS256'], secretArn: 'arn', audience: ['api'] }],
};
const allowedAddresses = ['203.0.113.0/24', '2001:db8::/32'];
const parse = (input: object) => parseRequestAuthConfig(JSON.stringify(input));

describe('parseRequestAuthConfig', () => {
  it('takes addresses and API keys', () => {
    expect(parse({ allowedAddresses, apiKeys })).toEqual({
      allowedAddresses,
      credential: { kind: 'api-key', header: 'x-api-key', keys: apiKeys, usagePlan: false },
      simpleResponses: false,
    });
  });

  it('takes several API keys', () => {
    const keys = [...apiKeys, { id: 'other', sha256, scopes: [] }];
    expect(parse({ allowedAddresses, apiKeys: keys }).credential).toMatchObject({ keys });
  });

  it('takes addresses and a token’s configuration', () => {
    const config = parse({ allowedAddresses, token, simpleResponses: true });
    expect(config.credential).toMatchObject({ kind: 'token', token: { maxTokenBytes: 7_168 } });
    expect(config.simpleResponses).toBe(true);
    expect(Object.isFrozen(config.credential)).toBe(true);
  });

  it('says what is wrong with a range', () => {
    expect(() => parse({ allowedAddresses: ['203.0.113.7/24'], apiKeys })).toThrow(
      expect.objectContaining({
        code: 'AUTH_CONFIG_INVALID',
        detail: 'allowedAddresses.0: has bits beyond its prefix: write the range’s first address',
      }),
    );
  });

  it.each([
    ['no addresses', { apiKeys }, 'allowedAddresses'],
    ['an empty list of addresses', { allowedAddresses: [], apiKeys }, 'allowedAddresses'],
    ['a name for an address', { allowedAddresses: ['office'], apiKeys }, 'allowedAddresses.0'],
    ['neither keys nor token', { allowedAddresses }, 'the whole'],
    ['both keys and token', { allowedAddresses, apiKeys, token }, 'the whole'],
    [
      'a key in plain text',
      { allowedAddresses, apiKeys: [{ id: 'a', sha256: 'secret', scopes: [] }] },
      'apiKeys.0.sha256',
    ],
    ['a key’s name twice', { allowedAddresses, apiKeys: [...apiKeys, ...apiKeys] }, 'apiKeys'],
    ['no key', { allowedAddresses, apiKeys: [] }, 'apiKeys'],
    [
      'a key’s name with a space',
      { allowedAddresses, apiKeys: [{ id: 'a b', sha256, scopes: [] }] },
      'apiKeys.0.id',
    ],
    [
      'a scope with a space',
      { allowedAddresses, apiKeys: [{ id: 'a', sha256, scopes: ['a b'] }] },
      'apiKeys.0.scopes.0',
    ],
    ['a header in capitals', { allowedAddresses, apiKeys, apiKeyHeader: 'X-Api-Key' }, 'apiKeyHeader'],
    ['a fault in the token’s configuration', { allowedAddresses, token: { issuers: [] } }, 'token.issuers'],
  ])('refuses %s, naming the member', (_, input, member) => {
    expect(() => parse(input)).toThrow(
      expect.objectContaining({
        code: 'AUTH_CONFIG_INVALID',
        detail: expect.stringContaining(`${member}: `) as string,
      }),
    );
  });
});
