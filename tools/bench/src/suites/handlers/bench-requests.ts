import { httpApiV2Event, restEvent } from '@gatehouse/http/testing';
import type { RequestSpec } from '@gatehouse/http/testing';
import type { BenchRequest } from './sample-process.ts';

const headers = {
  accept: 'application/json',
  'accept-encoding': 'gzip, deflate, br',
  'accept-language': 'en',
  'cache-control': 'no-cache',
  origin: 'https://app.example.com',
  'user-agent': 'Mozilla/5.0',
};
const get: RequestSpec = { path: '/hello?name=Ada', route: '/hello', headers };
const post: RequestSpec = {
  method: 'POST',
  path: '/users',
  route: '/users',
  headers,
  json: { email: 'ada@example.com', name: 'Ada Lovelace' },
};
const options: RequestSpec = {
  method: 'OPTIONS',
  path: '/users',
  route: '/users',
  headers: { ...headers, 'access-control-request-method': 'POST' },
};
const hello = { message: 'Hello, Ada!', path: '/hello', method: 'GET' };
const user = { id: '1', email: 'ada@example.com', name: 'Ada Lovelace' };

/** What every candidate answers. The first is the first call of a cold start. */
export const benchRequests: readonly BenchRequest[] = [
  { name: 'GET http-2.0', event: httpApiV2Event(get), status: 200, body: hello },
  { name: 'GET rest', event: restEvent(get), status: 200, body: hello },
  { name: 'POST http-2.0', event: httpApiV2Event(post), status: 201, body: user },
  { name: 'POST rest', event: restEvent(post), status: 201, body: user },
  { name: 'OPTIONS http-2.0', event: httpApiV2Event(options), status: 204, body: null },
];
