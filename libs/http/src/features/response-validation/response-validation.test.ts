import * as v from 'valibot';
import { defineContract } from '../../contract/define-contract.ts';
import { createHttpHandler } from '../../handler/create-http-handler.ts';
import type { RequestEnd } from '../../handler/options.ts';
import { httpApiV2Event } from '../../testing/index.ts';
import { responseValidation } from './response-validation.ts';

const contract = defineContract({
  get: {
    method: 'GET',
    path: '/user',
    summary: '',
    access: { kind: 'public' },
    responses: { 200: { description: '', body: v.object({ id: v.string() }) }, 204: { description: '' } },
  },
});

async function answer(body: unknown, status = 200): Promise<RequestEnd> {
  const ends: RequestEnd[] = [];
  const handler = createHttpHandler<typeof contract>({
    contract,
    handlers: { get: () => ({ status, body }) as never },
    features: [responseValidation()],
    onRequestEnd: (end) => ends.push(end),
  });
  await handler(httpApiV2Event({ path: '/user' }));
  return ends[0]!;
}

it.each([
  [{ id: 'a' }, 200],
  [undefined, 204],
])('lets an answer pass that fits: %j', async (body, status) => {
  expect(await answer(body, status)).toMatchObject({ status, error: undefined });
});

it.each([
  ['a body of another type', { id: 7 }, /\/id: /],
  ['a missing field', {}, /\/id: /],
  ['a field that would leak', { id: 'a', passwordHash: 'x' }, /\/passwordHash: not in the schema/],
])('makes a 500 of %s', async (_name, body, message) => {
  const end = await answer(body);
  expect(end).toMatchObject({ status: 500, error: { code: 'HTTP_RESULT_INVALID' } });
  expect(String(end.error)).toMatch(message);
});

it('is not needed to refuse a status that nobody declared', async () => {
  expect(await answer({}, 418)).toMatchObject({ status: 500, error: { code: 'HTTP_RESULT_INVALID' } });
});
