import type { Principal } from '@gatehouse/auth';
import type { Handlers } from '@gatehouse/http';
import type { UsersContract } from '@gatehouse/users-contract';

type Hello = Pick<Handlers<UsersContract, Principal>, 'hello'>;

export const helloRoutes: Hello = {
  hello: ({ query, request }) => ({
    status: 200,
    body: {
      message: `Hello, ${query.name === undefined || query.name === '' ? 'World' : query.name}!`,
      path: request.path,
      method: request.method,
    },
  }),
};
