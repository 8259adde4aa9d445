/** The properties alone, with the runs that take minutes: `nx run http:test:nightly`. */
const FUZZ_RUNS = 100_000;

module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'http nightly',
  globals: { FUZZ_RUNS },
  testMatch: ['**/src/**/*.fuzz.test.ts'],
  testTimeout: 1_800_000,
};
