import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { defineContract } from './contract/define-contract.ts';
import type { Feature } from './features/feature.ts';
import { createHttpHandler } from './handler/create-http-handler.ts';
import type { HttpHandler } from './handler/options.ts';
import { EVENT_BUILDERS, httpApiV2Event, readResult } from './testing/index.ts';

/** The README's `ts example` blocks are one module, in order; it is compiled as every test is, and then used. */
interface Examples {
  readonly handler: HttpHandler;
  readonly serverTiming: () => Feature;
  readonly statusesOfAllFronts: (path: string) => Promise<number[]>;
}

const readme = readFileSync(path.resolve(__dirname, '../README.md'), 'utf8');
const blocks = [...readme.matchAll(/^```ts example\n(.*?)^```$/gms)].map(([, code]) => code ?? '');
let directory: string;
let examples: Examples;

beforeAll(() => {
  directory = mkdtempSync(path.join(__dirname, '.readme-'));
  const file = path.join(directory, 'examples.ts');
  writeFileSync(file, blocks.join('\n'));
  examples = jest.requireActual<Examples>(file);
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const send = async (spec: Parameters<typeof httpApiV2Event>[0], scope = 'notes:read notes:write') =>
  readResult(
    await examples.handler(httpApiV2Event({ ...spec, authorizer: { kind: 'lambda', context: { scope } } })),
  );

it('shows a handler that answers as it says', async () => {
  expect((await send({ path: '/notes/1' })).json()).toEqual({ id: '1', text: 'Buy milk' });
  expect((await send({ path: '/notes/2' })).json()).toMatchObject({ status: 404, code: 'NOTES_NOT_FOUND' });
  expect((await send({ path: '/notes/1' }, 'other')).status).toBe(403);
  const post = { method: 'POST', path: '/notes/1/readers' };
  expect((await send({ ...post, json: { email: 'ada@example.com' } })).status).toBe(204);
  expect((await send({ ...post, json: { email: 'ada@example.com', role: 'owner' } })).status).toBe(400);
});

it('shows how to test behind all fronts', async () => {
  expect(Object.keys(EVENT_BUILDERS)).toHaveLength(4);
  expect(await examples.statusesOfAllFronts('/notes/1')).toEqual([200, 200, 200, 200]);
});

it('shows a feature that does what it says', async () => {
  const contract = defineContract({
    wait: {
      method: 'GET',
      path: '/wait',
      summary: 'Takes 25 ms',
      access: { kind: 'public' },
      responses: { 204: { description: 'Done' } },
    },
  });
  let nowMs = 0;
  const waiting = createHttpHandler<typeof contract>({
    contract,
    handlers: {
      wait: () => {
        nowMs += 25;
        return { status: 204 };
      },
    },
    clock: () => nowMs,
    features: [examples.serverTiming()],
  });
  const timing = async (path: string) =>
    readResult(await waiting(httpApiV2Event({ path }))).header('server-timing');
  expect(await timing('/wait')).toBe('app;dur=25');
  expect(await timing('/nowhere')).toBeUndefined();
});
