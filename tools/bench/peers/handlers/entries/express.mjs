import cors from 'cors';
import express from 'express';
import serverless from 'serverless-http';
import { ALLOWED_HEADERS, ORIGIN, parseUser } from './user-schema.mjs';

const app = express();
app.disable('x-powered-by');
app.use(cors({ origin: [ORIGIN], allowedHeaders: ALLOWED_HEADERS, methods: 'GET,HEAD,POST', maxAge: 600 }));
app.use(express.json());
app.get('/hello', (request, response) => {
  const name = request.query.name ?? 'World';
  response.json({ message: `Hello, ${name}!`, path: request.path, method: request.method });
});
app.get('/users/:id', (request, response) => response.json({ id: request.params.id }));
app.post('/users', (request, response) => {
  const user = parseUser(request.body);
  if (!user) return response.status(400).json({ code: 'INVALID' });
  return response
    .status(201)
    .location('/users/1')
    .json({ id: '1', ...user });
});
app.delete('/users/:id', (request, response) => response.status(204).end());

export const handler = serverless(app);
