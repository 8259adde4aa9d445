import type { IncomingRequest } from './exchange.ts';
import { domainNameOf } from './domain-name.ts';
import { toHeaderLines } from './header-lines.ts';

const asked = (host?: string) =>
  ({ headers: toHeaderLines(host === undefined ? [] : ['Host', host]) }) as unknown as IncomingRequest;

const of = (host: string | undefined, service: 'execute-api' | 'lambda-url') =>
  domainNameOf(asked(host), { region: 'eu-west-1' }, { id: 'abc123', service });

describe('domainNameOf', () => {
  it.each([['127.0.0.1:3000'], ['localhost'], ['LOCALHOST:80'], ['[::1]:3000'], [undefined]])(
    'is the domain that AWS gives the front when %s was asked',
    (host) => {
      expect(of(host, 'execute-api')).toBe('abc123.execute-api.eu-west-1.amazonaws.com');
      expect(of(host, 'lambda-url')).toBe('abc123.lambda-url.eu-west-1.on.aws');
    },
  );

  it.each([
    ['api.example.com', 'api.example.com'],
    ['api.example.com:8443', 'api.example.com'],
    ['localhost.example.com', 'localhost.example.com'],
  ])('is the custom domain when %s was asked', (host, expected) => {
    expect(of(host, 'execute-api')).toBe(expected);
  });
});
