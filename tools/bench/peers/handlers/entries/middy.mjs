import middy from '@middy/core';
import httpCors from '@middy/http-cors';
import httpErrorHandler from '@middy/http-error-handler';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import httpRouter from '@middy/http-router';
import { ALLOWED_HEADERS, ORIGIN, parseUser } from './user-schema.mjs';

const json = (statusCode, body) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const method = (event) => event.httpMethod ?? event.requestContext.http.method;
const path = (event) => event.path ?? event.rawPath;

const routes = [
  {
    method: 'GET',
    path: '/hello',
    handler: async (event) =>
      json(200, {
        message: `Hello, ${event.queryStringParameters?.name ?? 'World'}!`,
        path: path(event),
        method: method(event),
      }),
  },
  {
    method: 'GET',
    path: '/users/{id}',
    handler: async (event) => json(200, { id: event.pathParameters.id }),
  },
  {
    method: 'POST',
    path: '/users',
    handler: middy()
      .use(httpJsonBodyParser())
      .handler(async (event) => {
        const user = parseUser(event.body);
        if (!user) return json(400, { code: 'INVALID' });
        const response = json(201, { id: '1', ...user });
        response.headers.location = '/users/1';
        return response;
      }),
  },
  { method: 'DELETE', path: '/users/{id}', handler: async () => ({ statusCode: 204 }) },
  { method: 'OPTIONS', path: '/users', handler: async () => ({ statusCode: 204 }) },
];

export const handler = middy()
  .use(
    httpCors({
      origins: [ORIGIN],
      headers: ALLOWED_HEADERS,
      methods: 'GET, HEAD, POST',
      maxAge: '600',
    }),
  )
  .use(httpErrorHandler({ logger: false }))
  .handler(httpRouter(routes));
