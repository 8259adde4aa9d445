/* global Response, URL */
import { Router } from '@aws-lambda-powertools/event-handler/http';
import { cors } from '@aws-lambda-powertools/event-handler/http/middleware';
import { ALLOWED_HEADERS, ORIGIN, parseUser } from './user-schema.mjs';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const app = new Router({ logger: silent });
app.use(
  cors({
    origin: ORIGIN,
    allowHeaders: ALLOWED_HEADERS.split(', '),
    allowMethods: ['GET', 'HEAD', 'POST'],
    maxAge: 600,
  }),
);
app.get('/hello', ({ req }) => {
  const url = new URL(req.url);
  return {
    message: `Hello, ${url.searchParams.get('name') ?? 'World'}!`,
    path: url.pathname,
    method: req.method,
  };
});
app.get('/users/:id', ({ params }) => ({ id: params.id }));
app.post('/users', async ({ req }) => {
  const user = parseUser(await req.json());
  const headers = { 'content-type': 'application/json', location: '/users/1' };
  if (!user) return new Response('{"code":"INVALID"}', { status: 400, headers });
  return new Response(JSON.stringify({ id: '1', ...user }), { status: 201, headers });
});
app.delete('/users/:id', () => new Response(null, { status: 204 }));

export const handler = async (event, context) => app.resolve(event, context);
