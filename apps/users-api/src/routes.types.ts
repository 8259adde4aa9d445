import type { UsersHandlers } from './routes/route-dependencies.ts';

/** What compiles and what does not: checked by the typecheck target, never run. */
export function routeTypes(handlers: UsersHandlers): readonly UsersHandlers[] {
  const { hello: _hello, ...rest } = handlers;
  return [
    handlers,
    // @ts-expect-error -- an operation has no handler
    rest,
    // @ts-expect-error -- a handler has no operation
    { ...handlers, dropUsers: () => ({ status: 204 }) },
    // @ts-expect-error -- a status that the operation does not have
    { ...handlers, hello: () => ({ status: 201, body: { message: '', path: '', method: '' } }) },
    // @ts-expect-error -- a body that the operation does not have
    { ...handlers, hello: () => ({ status: 200, body: { message: '' } }) },
    // @ts-expect-error -- no body where there has to be one
    { ...handlers, getUser: () => ({ status: 200 }) },
    // @ts-expect-error -- a body is no text
    { ...handlers, hello: () => ({ status: 200, body: '{}' }) },
  ];
}
