import * as v from 'valibot';
import { createHttpHandler } from '../handler/create-http-handler.ts';
import { toInteger } from '../validation/coercions.ts';
import { defineContract } from './define-contract.ts';
import type { Handler, Handlers, HandlerInput, PathParameterNames, ResultOf } from './handlers.ts';

/** What the compiler must take and refuse; checked by the typecheck target, never run. */

type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

interface Principal {
  readonly kind: 'user' | 'service';
  readonly sub: string;
  readonly scopes: readonly string[];
}

const user = v.object({ id: v.string(), age: v.optional(v.number()) });
const contract = defineContract({
  get: {
    method: 'GET',
    path: '/users/{id}',
    summary: '',
    access: { kind: 'scopes', anyOf: ['users:read'] },
    request: {
      query: v.object({ limit: v.optional(v.number(), 20) }),
      coerce: { query: { limit: toInteger } },
    },
    responses: {
      200: { description: '', body: user },
      304: { description: '' },
      404: { description: '', problems: ['USERS_NOT_FOUND'] },
    },
  },
  create: {
    method: 'POST',
    path: '/users',
    summary: '',
    access: { kind: 'public' },
    request: { body: { schema: user, required: false } },
    responses: { 201: { description: '', contentType: 'text/csv' } },
  },
});
type C = typeof contract;
type Get = HandlerInput<C['get'], Principal>;
type Create = HandlerInput<C['create'], Principal>;

/** Each line compiles only if its two types are the same. */
export const same: readonly true[] = [
  true satisfies Equal<PathParameterNames<'/a/{b}/c/{d+}'>, 'b' | 'd'>,
  true satisfies Equal<Get['params'], Readonly<Record<'id', string>>>,
  true satisfies Equal<Get['query'], { limit: number }>,
  true satisfies Equal<Get['body'], undefined>,
  true satisfies Equal<Get['principal'], Principal>,
  true satisfies Equal<Create['principal'], undefined>,
  true satisfies Equal<Create['body'], { id: string; age?: number | undefined } | undefined>,
  true satisfies Equal<ResultOf<C['get']>['status'], 200 | 304>,
];

const get: Handler<C['get'], Principal> = ({ params }) => ({ status: 200, body: { id: params.id } });
const create: Handler<C['create'], Principal> = () => ({ status: 201, body: 'a,b' });
const handlers: Handlers<C, Principal> = { get, create };

createHttpHandler<C, Principal>({ contract, handlers });
// @ts-expect-error -- a handler is missing
createHttpHandler<C, Principal>({ contract, handlers: { get } });
// @ts-expect-error -- a handler is one too many
createHttpHandler<C, Principal>({ contract, handlers: { get, create, remove: get } });

/** What no handler of `get` may answer. */
export const refused: readonly Handler<C['get'], Principal>[] = [
  // @ts-expect-error -- a status that is not declared
  () => ({ status: 201, body: { id: 'a' } }),
  // @ts-expect-error -- a status whose answers are problems
  () => ({ status: 404 }),
  // @ts-expect-error -- a body that does not fit
  () => ({ status: 200, body: { id: 7 } }),
  // @ts-expect-error -- no body
  () => ({ status: 200 }),
  // @ts-expect-error -- a body where none is declared
  () => ({ status: 304, body: { id: 'a' } }),
  // @ts-expect-error -- a header that is no string
  () => ({ status: 304, headers: { 'x-count': 7 } }),
  // @ts-expect-error -- text alone
  () => 'hello',
  // @ts-expect-error -- no status
  () => ({ body: { id: 'a' } }),
];
/** What no handler of `create` may answer. */
export const refusedText: readonly Handler<C['create'], Principal>[] = [
  // @ts-expect-error -- an object where text or bytes are declared
  () => ({ status: 201, body: { a: 1 } }),
];
