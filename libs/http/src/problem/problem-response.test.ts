import { problem } from './problem.ts';
import { problemResponse } from './problem-response.ts';
import { reasonPhrase } from './reason-phrase.ts';

const written = { title: 'Own title', detail: 'Own detail' };
const errors = [{ in: 'body' as const, pointer: '/a', detail: 'wrong' }];

it.each([400, 409, 499])('says what a %i was given to say', (status) => {
  const response = problemResponse(problem({ status, code: 'A_B', ...written, errors }));
  expect(JSON.parse(String(response.body))).toEqual({
    type: 'about:blank',
    status,
    code: 'A_B',
    ...written,
    errors,
  });
});

it.each([
  [500, 'Internal Server Error'],
  [501, 'Not Implemented'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
  [599, 'Internal Server Error'],
])('says of a %i its reason phrase alone', (status, title) => {
  const response = problemResponse(problem({ status, code: 'A_B', ...written, errors }));
  expect(JSON.parse(String(response.body))).toEqual({ type: 'about:blank', title, status, code: 'A_B' });
  expect(reasonPhrase(status)).toBe(title);
});
