import { apiUrl, call } from './harness/test-host.ts';

describe.each(['http', 'rest'] as const)('GET /hello over the %s API', (kind) => {
  it('greets the one who is named', async () => {
    const { status, headers, json } = await call(`${apiUrl(kind)}/hello?name=Ada`);
    expect({ status, json }).toEqual({
      status: 200,
      json: { message: 'Hello, Ada!', path: '/hello', method: 'GET' },
    });
    expect(headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('greets the World when nobody is named', async () => {
    const { json } = await call(`${apiUrl(kind)}/hello`);
    expect(json).toEqual({ message: 'Hello, World!', path: '/hello', method: 'GET' });
  });

  it('takes percent-encoded names', async () => {
    const { json } = await call(`${apiUrl(kind)}/hello?name=J%C3%BCrgen%20%26%20Co`);
    expect(json).toMatchObject({ message: 'Hello, Jürgen & Co!' });
  });
});
