import { cors, createHttpHandler, defineContract } from '@gatehouse/http';
import { email, maxLength, minLength, object, optional, pipe, string } from 'valibot';

const userInput = object({
  email: pipe(string(), email()),
  name: pipe(string(), minLength(1), maxLength(100)),
});
const access = { kind: 'public' } as const;

const contract = defineContract({
  hello: {
    method: 'GET',
    path: '/hello',
    summary: 'Greets',
    access,
    request: { query: object({ name: optional(string(), 'World') }) },
    responses: {
      200: { description: 'Hello', body: object({ message: string(), path: string(), method: string() }) },
    },
  },
  getUser: {
    method: 'GET',
    path: '/users/{id}',
    summary: 'Gets',
    access,
    responses: { 200: { description: 'A user', body: object({ id: string() }) } },
  },
  createUser: {
    method: 'POST',
    path: '/users',
    summary: 'Creates',
    access,
    request: { body: userInput },
    responses: {
      201: { description: 'Created', body: object({ id: string(), email: string(), name: string() }) },
    },
  },
  deleteUser: {
    method: 'DELETE',
    path: '/users/{id}',
    summary: 'Deletes',
    access,
    responses: { 204: { description: 'Gone' } },
  },
});

/** The kernel as an app has it: routing, validation, problem details, deadline and CORS, nothing left out. */
export const handler = createHttpHandler<typeof contract>({
  contract,
  handlers: {
    hello: ({ query, request }) => ({
      status: 200,
      body: { message: `Hello, ${query.name}!`, path: request.path, method: request.method },
    }),
    getUser: ({ params }) => ({ status: 200, body: { id: params.id } }),
    createUser: ({ body }) => ({
      status: 201,
      headers: { location: '/users/1' },
      body: { id: '1', email: body.email, name: body.name },
    }),
    deleteUser: () => ({ status: 204 }),
  },
  features: [
    cors({
      origins: ['https://app.example.com'],
      allowedHeaders: ['authorization', 'content-type'],
      exposedHeaders: [],
    }),
  ],
});
