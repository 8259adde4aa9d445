import { FRONTS } from '@gatehouse/http/testing';
import { createTestApi } from '../testing/test-api.ts';

const { call } = createTestApi();

describe('GET /hello', () => {
  it.each(FRONTS)('greets by name behind %s', async (front) => {
    const result = await call({ front, path: '/hello?name=Ada' });
    expect(result.status).toBe(200);
    expect(result.json()).toEqual({ message: 'Hello, Ada!', path: '/hello', method: 'GET' });
  });

  it.each(['/hello', '/hello?name='])('greets the world at %s', async (path) => {
    expect((await call({ path })).json()).toMatchObject({ message: 'Hello, World!' });
  });

  it('takes any text for a name', async () => {
    const name = '<b>"Ünï + 😀"</b>';
    const result = await call({ path: `/hello?name=${encodeURIComponent(name)}` });
    expect(result.json()).toMatchObject({ message: `Hello, ${name}!` });
    expect(result.header('content-type')).toMatch(/^application\/json/);
  });

  it.each([
    ['two names', '/hello?name=a&name=b'],
    ['a name of 101 characters', `/hello?name=${'x'.repeat(101)}`],
  ])('answers 400 for %s', async (_, path) => {
    const result = await call({ path });
    expect(result.status).toBe(400);
    expect(result.json()).toMatchObject({ code: 'HTTP_REQUEST_INVALID', errors: [{ pointer: '/name' }] });
  });
});
