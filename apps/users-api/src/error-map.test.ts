import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Contract } from '@gatehouse/http';
import { usersContract } from '@gatehouse/users-contract';
import { mapError, USERS_STATUSES } from './error-map.ts';
import { UsersError, type UsersErrorCode } from './model/errors.ts';

const codes = Object.keys(USERS_STATUSES) as UsersErrorCode[];
const contract: Contract = usersContract;

/** Code to status, wherever the contract names one of this app's codes. */
const documented = new Map(
  Object.values(contract).flatMap(({ responses }) =>
    Object.entries(responses).flatMap(([status, response]) =>
      ('problems' in response ? response.problems : [])
        .filter((code) => code.startsWith('USERS_'))
        .map((code) => [code, Number(status)] as const),
    ),
  ),
);

describe('the codes of this app', () => {
  it('have the same status in the contract, and each is there', () => {
    expect(Object.fromEntries(documented)).toEqual(USERS_STATUSES);
  });

  it('have the same status in the README, and each is there', () => {
    const readme = readFileSync(path.resolve(__dirname, '../README.md'), 'utf8');
    const rows = [...readme.matchAll(/^\| (USERS_\w+)\s*\| (\d+)\s*\|/gm)].map(([, code, status]) => [
      code,
      Number(status),
    ]);
    expect(Object.fromEntries(rows)).toEqual(USERS_STATUSES);
  });
});

describe('mapError', () => {
  it.each(codes)('gives %s its status', (code) => {
    expect(mapError(new UsersError(code, 'Why.'))).toMatchObject({
      status: USERS_STATUSES[code],
      code,
      detail: 'Why.',
    });
  });

  it('says when to come back', () => {
    const error = new UsersError('USERS_STORE_UNAVAILABLE', 'Down.', { retryAfterSeconds: 3 });
    expect(mapError(error)?.headers).toEqual({ 'retry-after': '3' });
  });

  it.each([[new Error('other')], ['text'], [undefined], [{ code: 'USERS_NOT_FOUND' }]])(
    'knows nothing of %p',
    (error) => {
      expect(mapError(error)).toBeUndefined();
    },
  );
});
