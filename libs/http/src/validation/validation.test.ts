import * as v from 'valibot';
import { z } from 'zod';
import type { BodyDefinition, Operation, RequestDefinition, Schema } from '../contract/operation.ts';
import { createHttpHandler } from '../handler/create-http-handler.ts';
import { EVENT_BUILDERS, FRONTS, httpApiV2Event, readResult, restEvent } from '../testing/index.ts';
import type { RequestSpec } from '../testing/index.ts';
import { toBoolean, toInteger, toIntegers, toNumber, toStrings } from './coercions.ts';

/** Answers with what the handler was given. */
async function send(request: RequestDefinition, spec: RequestSpec, event = httpApiV2Event) {
  const operation: Operation = {
    method: spec.method === 'POST' ? 'POST' : 'GET',
    path: '/items/{id}',
    summary: '',
    access: { kind: 'public' },
    request,
    responses: { 200: { description: '', body: v.unknown() } },
  };
  const handler = createHttpHandler<{ echo: Operation }>({
    contract: { echo: operation },
    handlers: {
      echo: ({
        params,
        query,
        headers,
        body,
      }: {
        params: unknown;
        query: unknown;
        headers: unknown;
        body: unknown;
      }) => ({ status: 200, body: { params, query, headers: request.headers && headers, body } }) as never,
    },
    limits: { bodyBytes: 1000, jsonDepth: 5 },
  });
  const result = readResult(await handler(event(spec)));
  return { ...result, json: result.json() as Record<string, unknown> };
}

const post = (body: Schema | BodyDefinition, spec: Partial<RequestSpec>) =>
  send({ body }, { method: 'POST', path: '/items/1', ...spec });

const libraries: readonly (readonly [string, Schema])[] = [
  [
    'valibot',
    v.object({
      name: v.pipe(v.string(), v.minLength(1)),
      tags: v.optional(v.array(v.object({ id: v.number() }))),
    }),
  ],
  ['zod', z.object({ name: z.string().min(1), tags: z.array(z.object({ id: z.number() })).optional() })],
];

describe.each(libraries)('a body by a schema of %s', (_library, schema) => {
  it('that fits is given to the handler', async () => {
    const json = { name: 'a', tags: [{ id: 1 }] };
    expect((await post(schema, { json })).json).toMatchObject({ body: json });
  });

  it('that does not fit is refused with a pointer to each fault', async () => {
    const { status, json } = await post(schema, { json: { name: '', tags: [{ id: 1 }, { id: 'x' }] } });
    expect(status).toBe(400);
    expect(json).toMatchObject({
      code: 'HTTP_REQUEST_INVALID',
      errors: [
        { in: 'body', pointer: '/name' },
        { in: 'body', pointer: '/tags/1/id' },
      ],
    });
  });

  it('with very many of them is refused by the first', async () => {
    const json = Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`k${index}`, 1]));
    const { json: answer } = await post(schema, { json: { name: 'a', ...json } });
    expect(answer['errors']).toHaveLength(20);
  });

  it('with fields that the schema does not know is refused, at any depth', async () => {
    const { json } = await post(schema, {
      json: { name: 'a', isAdmin: true, tags: [{ id: 1, 'a/b~c': 2 }] },
    });
    expect(json['errors']).toEqual([
      { in: 'body', pointer: '/isAdmin', detail: 'Unknown field.' },
      { in: 'body', pointer: '/tags/0/a~1b~0c', detail: 'Unknown field.' },
    ]);
  });

  it('may drop unknown fields where its definition says so', async () => {
    const { json } = await post({ schema, unknownFields: 'drop' }, { json: { name: 'a', isAdmin: true } });
    expect(json).toMatchObject({ body: { name: 'a' } });
  });
});

it('keeps the fields of a schema that is open by its own word', async () => {
  const { json } = await post(v.looseObject({ name: v.string() }), { json: { name: 'a', more: 1 } });
  expect(json).toMatchObject({ body: { name: 'a', more: 1 } });
});

it('waits for a schema that is asynchronous', async () => {
  const schema = v.pipeAsync(
    v.string(),
    v.checkAsync((value) => Promise.resolve(value === 'free'), 'Taken'),
  );
  expect((await post(schema, { json: 'free' })).status).toBe(200);
  expect((await post(schema, { json: 'used' })).json).toMatchObject({
    errors: [{ pointer: '', detail: 'Taken' }],
  });
});

describe('a body that cannot be read', () => {
  const schema = v.unknown();
  const headers = { 'content-type': 'application/json' };

  it.each([
    ['no JSON', { body: '{"a":', headers }, 400, 'HTTP_BODY_NOT_JSON'],
    ['nothing', { headers }, 400, 'HTTP_BODY_REQUIRED'],
    ['too large', { body: `"${'x'.repeat(999)}"`, headers }, 413, 'HTTP_BODY_TOO_LARGE'],
    ['too deep', { body: '[[[[[[]]]]]]', headers }, 400, 'HTTP_BODY_TOO_DEEP'],
    ['deep as an attack', { body: '['.repeat(400) + ']'.repeat(400), headers }, 400, 'HTTP_BODY_TOO_DEEP'],
    [
      'a prototype',
      { body: '{"a":{"__proto__":{"isAdmin":true}}}', headers },
      400,
      'HTTP_BODY_KEY_FORBIDDEN',
    ],
    ['a disguised prototype', { body: '{"\\u005f_proto__":1}', headers }, 400, 'HTTP_BODY_KEY_FORBIDDEN'],
    ['no content type', { body: '{}' }, 415, 'HTTP_CONTENT_TYPE_UNSUPPORTED'],
    [
      'a form',
      { body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'HTTP_CONTENT_TYPE_UNSUPPORTED',
    ],
    ['text', { body: '{}', headers: { 'content-type': 'text/plain' } }, 415, 'HTTP_CONTENT_TYPE_UNSUPPORTED'],
    [
      'another charset',
      { body: '{}', headers: { 'content-type': 'application/json; charset=iso-8859-1' } },
      415,
      'HTTP_CONTENT_TYPE_UNSUPPORTED',
    ],
  ])('%s', async (_name, spec, status, code) => {
    const result = await post(schema, spec);
    expect(result.status).toBe(status);
    expect(result.json).toMatchObject({ code });
  });

  it('says in a 415 what would be taken', async () => {
    const definition = { schema, contentTypes: ['application/json', 'application/merge-patch+json'] };
    const result = await post(definition, { body: 'x', headers: { 'content-type': 'text/plain' } });
    expect(result.header('accept')).toBe('application/json, application/merge-patch+json');
  });

  it('because its bytes are no UTF-8', async () => {
    const spec = { method: 'POST', path: '/items/1', headers, body: Uint8Array.from([0x22, 0xff, 0x22]) };
    const event = () => restEvent({ ...spec, binaryMediaTypes: ['*/*'] });
    expect((await send({ body: schema }, spec, event)).json).toMatchObject({
      code: 'HTTP_BODY_ENCODING_INVALID',
    });
  });
});

describe('a body', () => {
  it.each(['application/json; charset=utf-8', 'Application/JSON', 'application/json;charset="UTF-8"'])(
    'of type %s is JSON',
    async (contentType) => {
      const result = await post(v.unknown(), { body: '[1]', headers: { 'content-type': contentType } });
      expect(result.json).toMatchObject({ body: [1] });
    },
  );

  it('of type text is a string, and of another bytes', async () => {
    const text = { schema: v.string(), contentTypes: ['text/csv'] };
    const csv = await post(text, { body: 'a,b', headers: { 'content-type': 'text/csv' } });
    expect(csv.json).toMatchObject({ body: 'a,b' });
    const bytes = {
      schema: v.pipe(
        v.instance(Uint8Array),
        v.transform((value) => value.length),
      ),
      contentTypes: ['image/png'],
    };
    const image = await post(bytes, {
      body: Uint8Array.from([0, 255]),
      headers: { 'content-type': 'image/png' },
    });
    expect(image.json).toMatchObject({ body: 2 });
  });

  it('may be left out where its definition says so', async () => {
    const result = await post({ schema: v.object({}), required: false }, {});
    expect(result.status).toBe(200);
    expect(result.json).not.toHaveProperty('body');
  });

  it('may have a limit of its own', async () => {
    const json = 'x'.repeat(2000);
    expect((await post({ schema: v.string(), maxBytes: 3000 }, { json })).status).toBe(200);
    expect((await post({ schema: v.string(), maxBytes: 100 }, { json: 'x'.repeat(99) })).status).toBe(413);
  });

  it('that comes as base64 is measured by its bytes', async () => {
    const binary = {
      schema: v.pipe(
        v.instance(Uint8Array),
        v.transform((value) => value.length),
      ),
      contentTypes: ['image/png'],
    };
    const headers = { 'content-type': 'image/png' };
    expect((await post(binary, { body: new Uint8Array(1000), headers })).status).toBe(200);
    expect((await post(binary, { body: new Uint8Array(1001), headers })).status).toBe(413);
  });

  it('of many faults lists the first twenty', async () => {
    const { json } = await post(v.array(v.string()), { json: Array.from({ length: 50 }, () => 1) });
    expect(json['errors']).toHaveLength(20);
  });
});

describe('a declared coercion', () => {
  const query = v.unknown();
  const coerce = {
    query: { limit: toInteger, ratio: toNumber, active: toBoolean, tag: toStrings, id: toIntegers },
  } as const;
  const coerced = async (text: string) =>
    (await send({ query, coerce }, { path: `/items/1?${text}` })).json['query'];

  it.each([
    ['limit=10', { limit: 10 }],
    ['limit=-1', { limit: -1 }],
    ['limit=010', { limit: '010' }],
    ['limit=1e3', { limit: '1e3' }],
    ['limit=0x10', { limit: '0x10' }],
    ['limit=1.0', { limit: '1.0' }],
    ['limit=', { limit: '' }],
    ['limit=%201', { limit: ' 1' }],
    ['limit=9007199254740993', { limit: '9007199254740993' }],
    ['ratio=1.5e-3', { ratio: 0.0015 }],
    ['ratio=1e999', { ratio: '1e999' }],
    ['ratio=Infinity', { ratio: 'Infinity' }],
    ['ratio=.5', { ratio: '.5' }],
    ['active=true', { active: true }],
    ['active=false', { active: false }],
    ['active=1', { active: '1' }],
    ['active=TRUE', { active: 'TRUE' }],
    ['tag=a', { tag: ['a'] }],
    ['tag=a&tag=b', { tag: ['a', 'b'] }],
    ['id=1&id=x', { id: [1, 'x'] }],
    ['limit=1&limit=2', { limit: [1, 2] }],
    ['other=10', { other: '10' }],
    ['other=a&other=b', { other: ['a', 'b'] }],
    ['constructor=1', { constructor: '1' }],
  ])('makes of %s %j', async (text, expected) => {
    expect(await coerced(text)).toEqual(expected);
  });

  it('leaves the schema to refuse a parameter that is sent twice', async () => {
    const request = { query: v.object({ limit: v.number() }), coerce };
    const { json } = await send(request, { path: '/items/1?limit=1&limit=2' });
    expect(json).toMatchObject({ status: 400, errors: [{ in: 'query', pointer: '/limit' }] });
  });

  it.each(FRONTS)('holds for path and headers behind %s', async (front) => {
    const request = {
      params: v.object({ id: v.number() }),
      headers: v.object({ 'x-page': v.number() }),
      coerce: { params: { id: toInteger }, headers: { 'x-page': toInteger } },
    } as const;
    const spec = { path: '/items/7', headers: { 'X-Page': '3' } };
    expect((await send(request, spec, EVENT_BUILDERS[front])).json).toMatchObject({
      params: { id: 7 },
      headers: { 'x-page': 3 },
    });
    const bad = await send(request, { path: '/items/x' }, EVENT_BUILDERS[front]);
    expect(bad.json).toMatchObject({
      errors: [
        { in: 'path', pointer: '/id' },
        { in: 'headers', pointer: '/x-page' },
      ],
    });
  });
});
