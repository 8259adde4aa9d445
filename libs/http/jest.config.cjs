/** Runs of each property: enough to catch a slip at every commit. jest.nightly.config.cjs has the long ones. */
const FUZZ_RUNS = 2_000;

module.exports = { ...require('../../jest.preset.js'), displayName: 'http', globals: { FUZZ_RUNS } };
