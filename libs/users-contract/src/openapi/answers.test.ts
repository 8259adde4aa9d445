import type { Contract, Operation } from '@gatehouse/http';
import * as v from 'valibot';
import { usersContract } from '../users-contract.ts';
import { answersOf } from './answers.ts';

const contract: Contract = usersContract;
const operation: Operation = {
  method: 'GET',
  path: '/things',
  summary: '',
  access: { kind: 'public' },
  request: { query: v.object({}) },
  responses: {
    200: { description: 'All of it.', body: v.string(), headers: { etag: { description: 'Its tag.' } } },
    400: { description: 'A bad cursor, or worse.', problems: ['CURSOR_INVALID', 'HTTP_REQUEST_INVALID'] },
  },
};

describe('the answers of an operation', () => {
  const answers = answersOf(operation);

  it('are those that it declares, in its own words, with the kernel’s codes under the same status', () => {
    expect(answers[200]).toEqual(operation.responses[200]);
    expect(answers[400]).toEqual({
      description: 'A bad cursor, or worse.',
      problems: [
        'CURSOR_INVALID',
        'HTTP_REQUEST_INVALID',
        'HTTP_QUERY_ENCODING_INVALID',
        'HTTP_PRECONDITION_INVALID',
      ],
    });
  });

  it('are the kernel’s own besides, and 304 where a read has a version', () => {
    expect(Object.keys(answers)).toEqual(['200', '304', '400', '500', '504']);
    expect(answers[500]).toMatchObject({ problems: ['HTTP_INTERNAL'] });
    expect(answers[504]).toMatchObject({ problems: ['HTTP_DEADLINE_EXCEEDED'] });
    expect(answers[304]).not.toHaveProperty('body');
  });

  it('cannot have a status of the kernel’s that is no problem', () => {
    const responses = { ...operation.responses, 500: { description: 'Half of it.' } };
    expect(() => answersOf({ ...operation, responses })).toThrow(TypeError);
  });

  it.each(Object.entries(contract))('are each described, of %s too', (_, described) => {
    for (const { description } of Object.values(answersOf(described))) {
      expect(description).toMatch(/\w/);
    }
  });
});
