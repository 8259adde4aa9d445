import { defineContract } from '@gatehouse/http';
import { helloQuerySchema, helloSchema } from '../schemas/hello.ts';

export const helloOperations = defineContract({
  hello: {
    method: 'GET',
    path: '/hello',
    summary: 'Say hello',
    description: 'Shows that the way from the front to the function is open. Public.',
    tags: ['hello'],
    access: { kind: 'public' },
    request: { query: helloQuerySchema },
    responses: { 200: { description: 'The greeting.', body: helloSchema } },
    cache: { ttlSeconds: 60, keys: ['query.name'], visibility: 'public' },
    throttle: { ratePerSecond: 100, burst: 200 },
    examples: {
      query: { name: 'Ada' },
      responses: { 200: { message: 'Hello, Ada!', path: '/hello', method: 'GET' } },
    },
  },
});
