import { contract, devEnvironment, synthesise } from '../../testing/fixtures.ts';
import { operationsOf } from '../../contract/operation.ts';

const preflights = (options: Parameters<typeof synthesise>[1]) => {
  const methods = synthesise('UsersApi', options).findResources('AWS::ApiGateway::Method', {
    Properties: { HttpMethod: 'OPTIONS' },
  });
  return Object.values(methods).map(({ Properties }) => ({
    answeredBy: Properties.Integration.Type,
    authorization: Properties.AuthorizationType,
  }));
};

const PATHS = 3;
const rest = { fronts: ['rest'] } as const;

describe('a preflight of a REST API', () => {
  it('is answered by the API where it can compare origins', () => {
    expect(preflights({ environment: devEnvironment(rest) })).toEqual(
      Array(PATHS).fill({ answeredBy: 'MOCK', authorization: 'NONE' }),
    );
  });

  it('is answered by the function, without a token, where an origin is a pattern', () => {
    const environment = devEnvironment({ ...rest, cors: { origins: ['https://*.gatehouse.example'] } });

    expect(preflights({ environment })).toEqual(
      Array(PATHS).fill({ answeredBy: 'AWS_PROXY', authorization: 'NONE' }),
    );
  });

  it('is answered by the function for the one path whose operation has origins of its own', () => {
    const operations = operationsOf({
      ...contract,
      hello: { ...contract.hello, cors: { origins: ['https://partner.example'] } },
    });

    expect(
      preflights({ environment: devEnvironment(rest), operations })
        .map(({ answeredBy }) => answeredBy)
        .sort(),
    ).toEqual(['AWS_PROXY', 'MOCK', 'MOCK']);
  });
});
