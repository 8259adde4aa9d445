import { defineContract } from '../contract/define-contract.ts';
import { createHttpHandler } from '../handler/create-http-handler.ts';
import type { PrincipalLike } from '../contract/handlers.ts';
import type { HttpHandlerOptions } from '../handler/options.ts';
import { FRONTS, EVENT_BUILDERS, functionUrlEvent, readResult } from '../testing/index.ts';
import { collectStreams } from './collect-streams.ts';
import { contract as numbersContract, lines } from './testing/numbers-api.ts';

const contract = defineContract({ countUp: numbersContract.countUp });

let numbers: () => AsyncIterable<string | Uint8Array>;
let errors: unknown[];

const options: HttpHandlerOptions<typeof contract, PrincipalLike> = {
  contract,
  handlers: { countUp: () => ({ status: 200, body: numbers() }) },
  onRequestEnd: (end) => errors.push(end.error),
};
const createHandler = () => createHttpHandler({ ...options, features: [collectStreams()] });

beforeEach(() => {
  errors = [];
});

it.each(FRONTS)('collects a streamed body for %s behind an ordinary handler', async (front) => {
  numbers = () => lines(3);
  const result = readResult(await createHandler()(EVENT_BUILDERS[front]({ path: '/numbers' })));
  expect(result).toMatchObject({ status: 200, text: '1\n2\n3\n' });
});

it('answers 500 for a streamed body that is too large to collect', async () => {
  const block = new Uint8Array(1024 * 1024);
  numbers = async function* () {
    for (;;) yield block;
  };
  expect(readResult(await createHandler()(functionUrlEvent({ path: '/numbers' }))).status).toBe(500);
  expect(errors).toEqual([expect.objectContaining({ code: 'HTTP_RESULT_TOO_LARGE' })]);
});

it('cannot make an ordinary handler of a streamed operation without something that collects it', () => {
  expect(() => createHttpHandler(options)).toThrow(/countUp requires stream/);
});

it.each([['text'], [{ a: 1 }], [['1\n']]])(
  'answers 500 for a streamed body that is no stream: %j',
  async (body) => {
    numbers = () => body as never;
    expect((await createHandler()(functionUrlEvent({ path: '/numbers' }))).statusCode).toBe(500);
    expect(errors).toEqual([expect.objectContaining({ code: 'HTTP_RESULT_INVALID' })]);
  },
);
