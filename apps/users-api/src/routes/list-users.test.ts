import fc from 'fast-check';
import type { UserRepresentation } from '@gatehouse/users-contract';
import { admin, createTestApi, person, type TestApi } from '../testing/test-api.ts';
import { parseCursor, toCursor } from './list-cursor.ts';

jest.setTimeout(30_000);

interface Page {
  readonly items: readonly UserRepresentation[];
  readonly nextCursor?: string;
}

let api: TestApi;

beforeEach(() => {
  api = createTestApi();
});

async function page(query: string): Promise<Page> {
  const result = await api.call({ as: admin, path: `/users?${query}` });
  expect(result.status).toBe(200);
  return result.json() as Page;
}

async function createMany(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    api.nowMs += 1_000;
    ids.push((await api.create(person(`person-${index}`, 'users:write'))).id);
  }
  return ids;
}

async function readAll(query: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const { items, nextCursor }: Page = await page(`${query}${cursor === '' ? '' : `&cursor=${cursor}`}`);
    ids.push(...items.map((user) => user.id));
    cursor = nextCursor;
  }
  return ids;
}

describe('listing users', () => {
  it('gives an empty page and no cursor when there is nobody', async () => {
    expect(await page('')).toEqual({ items: [] });
  });

  it('gives 25 at a time unless told otherwise', async () => {
    await createMany(26);
    const first = await page('');
    expect(first.items).toHaveLength(25);
    expect((await page(`cursor=${first.nextCursor}`)).items).toHaveLength(1);
  });

  it.each([
    ['limit=7', false],
    ['limit=7&order=desc', true],
    ['limit=100', false],
  ])('goes through all by %s, with no gap and no repeat', async (query, reversed) => {
    const ids = await createMany(30);
    expect(await readAll(query)).toEqual(reversed ? ids.toReversed() : ids);
  });

  it('lets the page grow between two pages', async () => {
    const ids = await createMany(12);
    const { nextCursor } = await page('limit=2');
    expect((await page(`limit=50&cursor=${nextCursor}`)).items.map(({ id }) => id)).toEqual(ids.slice(2));
  });

  it.each([
    ['limit=0', '/limit'],
    ['limit=101', '/limit'],
    ['limit=1.5', '/limit'],
    ['limit=ten', '/limit'],
    ['limit=1&limit=2', '/limit'],
    ['order=random', '/order'],
    ['cursor=a&cursor=b', '/cursor'],
  ])('answers 400 for %s', async (query, pointer) => {
    const result = await api.call({ as: admin, path: `/users?${query}` });
    expect(result.status).toBe(400);
    expect(result.json()).toMatchObject({ code: 'HTTP_REQUEST_INVALID', errors: [{ in: 'query', pointer }] });
  });
});

describe('a cursor', () => {
  const position = '2026-11-22T10:00:00.000Z#6f1c2f0e-2f5b-4b1e-9a55-0c8f4c3f7a10';
  const cursor = toCursor({ order: 'asc', position });

  async function expectRefused(text: string, order = 'asc'): Promise<void> {
    const path = `/users?order=${order}&cursor=${encodeURIComponent(text)}`;
    const result = await api.call({ as: admin, path });
    expect([text, result.status]).toEqual([text, 400]);
  }

  it('is taken as it was given', async () => {
    expect(parseCursor(cursor, 'asc')).toEqual({ order: 'asc', position });
    expect((await api.call({ as: admin, path: `/users?cursor=${cursor}` })).status).toBe(200);
  });

  it('belongs to its order', async () => {
    await expectRefused(cursor, 'desc');
  });

  it('shows nothing of a user but the place', () => {
    expect(cursor).toMatch(/^[\w-]{98}$/);
  });

  it.each([
    ['nothing', ''],
    ['padding', `${cursor}=`],
    ['another alphabet', cursor.replace(/[\w-]$/, '+')],
    ['a longer text', `${cursor}AAAA`],
    ['a shorter text', cursor.slice(0, -4)],
    ['a position alone', Buffer.from(position).toString('base64url')],
    ['text of 513 characters', 'A'.repeat(513)],
  ])('is refused when it is %s', async (_, text) => {
    await expectRefused(text);
  });

  it('is refused for each single character that differs', async () => {
    for (let index = 0; index < cursor.length; index += 1) {
      const other = cursor[index] === 'A' ? 'B' : 'A';
      await expectRefused(cursor.slice(0, index) + other + cursor.slice(index + 1));
    }
  });

  it('is refused for any other text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string(),
          fc.base64String().map((text) => text.replace(/=+$/, '')),
        ),
        async (text) => expectRefused(text),
      ),
      { numRuns: 500 },
    );
  });

  it('of another place is refused when its checksum is not its own', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('2099-01-01'), noInvalidDate: true }),
        fc.uuid(),
        (date, id) => {
          const forged = Buffer.from(`${date.toISOString()}#${id}`, 'latin1');
          const bytes = Buffer.concat([Buffer.from(cursor, 'base64url').subarray(0, 12), forged]);
          expect(() => parseCursor(bytes.toString('base64url'), 'asc')).toThrow('cursor');
          const own = toCursor({ order: 'desc', position: forged.toString('latin1') });
          expect(parseCursor(own, 'desc').position).toBe(forged.toString('latin1'));
        },
      ),
      { numRuns: 500 },
    );
  });
});
