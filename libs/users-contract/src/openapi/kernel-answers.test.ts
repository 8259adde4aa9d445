import type { HttpProblemCode, Operation } from '@gatehouse/http';
import * as v from 'valibot';
import { isVersionedRead, kernelProblems } from './kernel-answers.ts';

const schema = v.object({});
const bare: Operation = {
  method: 'POST',
  path: '/things',
  summary: '',
  access: { kind: 'public' },
  responses: { 204: { description: '' } },
};
const always: readonly HttpProblemCode[] = ['HTTP_INTERNAL', 'HTTP_DEADLINE_EXCEEDED'];
const ofCallers: readonly HttpProblemCode[] = [
  'HTTP_UNAUTHENTICATED',
  'HTTP_CREDENTIALS_EXPIRED',
  'HTTP_SCOPE_MISSING',
];
const ofBodies: readonly HttpProblemCode[] = [
  'HTTP_REQUEST_INVALID',
  'HTTP_BODY_TOO_LARGE',
  'HTTP_CONTENT_TYPE_UNSUPPORTED',
];
const ofJson: readonly HttpProblemCode[] = [
  'HTTP_BODY_ENCODING_INVALID',
  'HTTP_BODY_NOT_JSON',
  'HTTP_BODY_TOO_DEEP',
  'HTTP_BODY_KEY_FORBIDDEN',
];
const ofKeys: readonly HttpProblemCode[] = [
  'HTTP_QUERY_ENCODING_INVALID',
  'HTTP_IDEMPOTENCY_KEY_INVALID',
  'HTTP_IDEMPOTENCY_IN_FLIGHT',
  'HTTP_IDEMPOTENCY_KEY_REUSED',
];
const versioned: Partial<Operation> = {
  method: 'GET',
  responses: { 200: { description: '', body: schema, headers: { etag: { description: '' } } } },
};

const kinds: readonly (readonly [string, Partial<Operation>, readonly HttpProblemCode[]])[] = [
  ['that declares nothing', {}, []],
  ['with a path parameter', { path: '/things/{id}' }, ['HTTP_PATH_ENCODING_INVALID']],
  ['with a schema of its path', { request: { params: schema } }, ['HTTP_REQUEST_INVALID']],
  ['with a schema of its headers', { request: { headers: schema } }, ['HTTP_REQUEST_INVALID']],
  ['with a query', { request: { query: schema } }, ['HTTP_QUERY_ENCODING_INVALID', 'HTTP_REQUEST_INVALID']],
  ['with a body', { request: { body: schema } }, [...ofBodies, ...ofJson, 'HTTP_BODY_REQUIRED']],
  [
    'with a body of JSON that may be absent',
    { request: { body: { schema, required: false, contentTypes: ['application/merge-patch+json'] } } },
    [...ofBodies, ...ofJson],
  ],
  [
    'with a body of text',
    { request: { body: { schema, contentTypes: ['text/plain'] } } },
    [...ofBodies, 'HTTP_BODY_REQUIRED', 'HTTP_BODY_ENCODING_INVALID'],
  ],
  [
    'with a body of bytes',
    { request: { body: { schema, contentTypes: ['image/png'] } } },
    [...ofBodies, 'HTTP_BODY_REQUIRED'],
  ],
  ['for callers with scopes', { access: { kind: 'scopes', anyOf: ['a'] } }, ofCallers],
  ['for services', { access: { kind: 'internal', anyOf: ['a'] } }, [...ofCallers, 'HTTP_INTERNAL_ONLY']],
  ['that takes If-Match', { precondition: 'optional' }, ['HTTP_PRECONDITION_INVALID']],
  [
    'that requires If-Match',
    { precondition: 'required' },
    ['HTTP_PRECONDITION_INVALID', 'HTTP_PRECONDITION_REQUIRED'],
  ],
  ['that answers a version on a read', versioned, ['HTTP_PRECONDITION_INVALID']],
  ['that answers a version on a change', { ...versioned, method: 'PUT' }, []],
  ['that takes a key', { idempotency: 'optional' }, ofKeys],
  ['that requires a key', { idempotency: 'required' }, [...ofKeys, 'HTTP_IDEMPOTENCY_KEY_REQUIRED']],
];

describe('the kernel’s own answers to an operation', () => {
  it.each(kinds)('%s', (_, kind, expected) => {
    const codes = kernelProblems({ ...bare, ...kind }).map(({ code }) => code);
    expect(codes.sort()).toEqual([...expected, ...always].sort());
  });

  it('have the status of the catalogue', () => {
    expect(kernelProblems(bare)).toEqual([
      { code: 'HTTP_INTERNAL', status: 500 },
      { code: 'HTTP_DEADLINE_EXCEEDED', status: 504 },
    ]);
  });

  it.each([
    ['a read with an etag', versioned, true],
    ['a change with an etag', { ...versioned, method: 'PUT' as const }, false],
    ['a read without', { method: 'GET' as const, responses: { 200: { description: '' } } }, false],
  ])('are 304 for %s: %s', (_, kind, expected) => {
    expect(isVersionedRead({ ...bare, ...kind })).toBe(expected);
  });
});
