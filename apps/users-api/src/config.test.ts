import { readConfig } from './config.ts';

describe('readConfig', () => {
  it('has defaults for all but the table', () => {
    expect(readConfig({ USERS_TABLE: 'users' })).toEqual({
      service: 'users-api',
      usersTable: 'users',
      cors: { origins: [], credentials: false, maxAgeSeconds: 600 },
      authConfig: undefined,
      iamScopes: [],
      validateResponses: false,
      basePath: '',
    });
  });

  it('holds answers to their schemas in development alone', () => {
    expect(readConfig({ USERS_TABLE: 'users', ENVIRONMENT: 'dev' }).validateResponses).toBe(true);
    expect(readConfig({ USERS_TABLE: 'users', ENVIRONMENT: 'prod' }).validateResponses).toBe(false);
  });

  it.each([
    ['a missing table', {}, 'USERS_TABLE'],
    ['CORS that is not JSON', { USERS_TABLE: 'users', CORS: '{' }, 'CORS is not JSON'],
    ['CORS without origins', { USERS_TABLE: 'users', CORS: '{}' }, 'CORS'],
    [
      'an IAM route that is internal',
      { USERS_TABLE: 'users', IAM_ROUTES: 'upsertExternalUser' },
      'IAM_ROUTES',
    ],
    ['a base path with a slash at its end', { USERS_TABLE: 'users', BASE_PATH: '/v1/' }, 'BASE_PATH'],
  ])('stops the start for %s, and names the variable', (_, variables, message) => {
    expect(() => readConfig(variables)).toThrow(message);
  });
});
