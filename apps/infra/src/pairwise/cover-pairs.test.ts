import { allPairs, type Assignment, coverPairs, type OptionValues } from './cover-pairs.ts';

const options: OptionValues = {
  front: ['rest', 'http', 'url'],
  firewall: ['off', 'on'],
  domain: ['off', 'on'],
  plans: ['off', 'by-header', 'by-authorizer'],
  callers: ['token', 'request'],
  log: ['debug', 'info', 'warn', 'error'],
};

/** A firewall needs a REST API, a domain an API, plans by the authorizer a REST API and the other kind of authorizer. */
const isAccepted = ({ front, firewall, domain, plans, callers }: Assignment) =>
  (firewall === 'off' || front === 'rest') &&
  (domain === 'off' || front !== 'url') &&
  (plans === 'off' || front === 'rest') &&
  (plans !== 'by-authorizer' || callers === 'request');

const has = (assignment: Assignment, pair: ReturnType<typeof allPairs>[number]) =>
  pair.every(({ option, value }) => assignment[option] === value);

const everyAssignment = Object.entries(options).reduce<readonly Assignment[]>(
  (made, [option, values]) => made.flatMap((one) => values.map((value) => ({ ...one, [option]: value }))),
  [{}],
);

describe('coverPairs', () => {
  const { assignments, coveredPairs, refusedPairs } = coverPairs(options, isAccepted);

  it('covers each pair that any accepted assignment has, by accepted assignments', () => {
    const possible = allPairs(options).filter((pair) =>
      everyAssignment.some((assignment) => isAccepted(assignment) && has(assignment, pair)),
    );

    expect(assignments.every(isAccepted)).toBe(true);
    expect(possible.filter((pair) => !assignments.some((made) => has(made, pair)))).toEqual([]);
    expect(coveredPairs).toBe(possible.length);
  });

  it('names the others as refused, with what was tried', () => {
    expect(
      refusedPairs.map(({ pair }) => pair.map(({ option, value }) => `${option}=${value}`).join()),
    ).toEqual([
      'front=http,firewall=on',
      'front=url,firewall=on',
      'front=url,domain=on',
      'front=http,plans=by-header',
      'front=http,plans=by-authorizer',
      'front=url,plans=by-header',
      'front=url,plans=by-authorizer',
      'plans=by-authorizer,callers=token',
    ]);
    for (const { pair, tried } of refusedPairs) {
      expect(tried.every((assignment) => has(assignment, pair) && !isAccepted(assignment))).toBe(true);
    }
  });

  it('needs few: at least the two largest options multiplied, far from all', () => {
    expect(assignments.length).toBeGreaterThanOrEqual(12);
    expect(assignments.length).toBeLessThan(25);
    expect(everyAssignment).toHaveLength(288);
  });

  it('gives the same for the same', () => {
    expect(coverPairs(options, isAccepted).assignments).toEqual(assignments);
  });

  it('finds a pair that needs two further choices', () => {
    const chained: OptionValues = { a: ['0', '1'], b: ['0', '1'], c: ['0', '1'], d: ['0', '1'] };
    const accepts = ({ a, b, c, d }: Assignment) => (a === '0' || c === '1') && (b === '0' || d === '1');

    expect(coverPairs(chained, accepts).assignments).toContainEqual({ a: '1', b: '1', c: '1', d: '1' });
  });
});
