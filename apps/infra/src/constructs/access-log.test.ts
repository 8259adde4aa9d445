import { HTTP_API_LOG_FORMAT, REST_API_LOG_FORMAT } from './access-log.ts';

describe.each([
  ['HTTP', HTTP_API_LOG_FORMAT],
  ['REST', REST_API_LOG_FORMAT],
])('the access log of a %s API', (_, format) => {
  const fields = Object.values(JSON.parse(format) as Record<string, string>);

  it.each([
    '$context.path',
    '$context.identity.userAgent',
    '$context.identity.apiKey',
    '$context.authorizer.principalId',
  ])('leaves out %s, which a client writes or which says who it is', (variable) => {
    expect(fields).not.toContain(variable);
  });

  it('tells request, route, status and who failed', () => {
    expect(fields).toEqual(
      expect.arrayContaining(['$context.requestId', '$context.status', '$context.integration.error']),
    );
    expect(fields.includes('$context.routeKey') || fields.includes('$context.resourcePath')).toBe(true);
  });
});
