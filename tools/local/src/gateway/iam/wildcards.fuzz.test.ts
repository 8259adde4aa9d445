import fc from 'fast-check';
import { matchesWildcards } from './wildcards.ts';

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.', '/'), maxLength: 8 });
const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '/'), maxLength: 10 });

it('agrees with the regular expression that the pattern stands for', () => {
  fc.assert(
    fc.property(pattern, text, (wild, subject) => {
      const source = wild.replace(/[./]/g, '\\$&').replaceAll('*', '[^]*').replaceAll('?', '[^]');
      expect(matchesWildcards(wild, subject)).toBe(new RegExp(`^${source}$`).test(subject));
    }),
    { numRuns: 2000 },
  );
});

it('takes no more than moments for a pattern that would blow up a backtracking search', () => {
  const startedAt = performance.now();
  expect(matchesWildcards(`${'*a'.repeat(40)}b`, 'a'.repeat(4000))).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(1000);
});
