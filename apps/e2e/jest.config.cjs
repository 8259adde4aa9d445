module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'e2e',
  globalSetup: '<rootDir>/src/harness/global-setup.ts',
  globalTeardown: '<rootDir>/src/harness/global-teardown.ts',
  testTimeout: 30_000,
};
