import { usersOperations } from '../contract/users-operations.ts';
import type { Environment } from '../environments/environment.ts';
import { environments } from '../environments/environments.ts';
import { parseEnvironment } from '../environments/parse-environment.ts';
import { configurationOf } from '../testing/configuration.ts';
import { devEnvironment, synthesise } from '../testing/fixtures.ts';

type Change = NonNullable<Parameters<typeof devEnvironment>[0]>;

const authConfigOf = (authorizer: NonNullable<Change['authorizer']>) =>
  configurationOf(synthesise('Authorizer', { environment: devEnvironment({ authorizer }) }), 'AUTH_CONFIG');

describe('the scopes of which a caller needs one', () => {
  it.each(Object.entries(environments))(
    'are in %s those that the operations of the users API ask for, without internal ones',
    (name, settings) => {
      const environment = parseEnvironment(name, settings);
      const template = synthesise('Authorizer', { environment, operations: usersOperations() });

      expect(configurationOf(template, 'AUTH_CONFIG')).toMatchObject({
        anyScope: ['users:admin', 'users:read', 'users:write'],
      });
    },
  );

  it('are those that an environment names instead, and none where it names none', () => {
    expect(authConfigOf({ anyScope: ['reports:read'] })).toMatchObject({ anyScope: ['reports:read'] });
    expect(authConfigOf({ anyScope: [] })).toMatchObject({ anyScope: [] });
  });

  it('hold for the token that goes with an address', () => {
    const environment: Environment = devEnvironment({
      authorizer: { kind: 'request', request: { allowedAddresses: ['10.0.0.0/16'] } },
    });

    expect(configurationOf(synthesise('Authorizer', { environment }), 'REQUEST_AUTH_CONFIG')).toMatchObject({
      token: { anyScope: ['users:admin', 'users:read', 'users:write'] },
    });
  });

  it('are told to the function that verifies tokens itself, too', () => {
    const template = synthesise('UsersApi', { environment: devEnvironment({ fronts: ['url'] }) });

    expect(configurationOf(template, 'AUTH_CONFIG')).toMatchObject({
      anyScope: ['users:admin', 'users:read', 'users:write'],
    });
  });
});
