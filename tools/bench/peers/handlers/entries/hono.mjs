import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { cors } from 'hono/cors';
import { ALLOWED_HEADERS, ORIGIN, parseUser } from './user-schema.mjs';

const app = new Hono();
app.use(
  cors({
    origin: ORIGIN,
    allowHeaders: ALLOWED_HEADERS.split(', '),
    allowMethods: ['GET', 'HEAD', 'POST'],
    maxAge: 600,
  }),
);
app.get('/hello', (c) =>
  c.json({ message: `Hello, ${c.req.query('name') ?? 'World'}!`, path: c.req.path, method: c.req.method }),
);
app.get('/users/:id', (c) => c.json({ id: c.req.param('id') }));
app.post('/users', async (c) => {
  const user = parseUser(await c.req.json());
  if (!user) return c.json({ code: 'INVALID' }, 400);
  c.header('location', '/users/1');
  return c.json({ id: '1', ...user }, 201);
});
app.delete('/users/:id', (c) => c.body(null, 204));

export const handler = handle(app);
