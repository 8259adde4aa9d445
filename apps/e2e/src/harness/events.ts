/** What an HTTP API (payload 2.0) or a function URL hands over; what `principal` says comes from its authorizer. */
export function httpEvent(
  method: string,
  rawPath: string,
  more: { readonly lambda?: Readonly<Record<string, unknown>>; readonly body?: string } = {},
): object {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    ...(more.body !== undefined && { body: more.body }),
    isBase64Encoded: false,
    requestContext: {
      accountId: '123456789012',
      apiId: 'a1b2c3',
      domainName: 'a1b2c3.execute-api.eu-west-1.amazonaws.com',
      domainPrefix: 'a1b2c3',
      requestId: 'front-1',
      routeKey: '$default',
      stage: '$default',
      time: '23/Nov/2026:03:00:00 +0000',
      timeEpoch: 1_795_402_800_000,
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'e2e' },
      ...(more.lambda !== undefined && { authorizer: { lambda: more.lambda } }),
    },
  };
}
