import { readdirSync } from 'node:fs';
import { posix } from 'node:path';

/** Everything in a folder but what the tests need: the sandbox stays small. */
const others = (folder, needed) =>
  readdirSync(folder)
    .filter((name) => !needed.includes(name))
    .map((name) => `/${posix.join(folder, name)}`);

// Mutation tests of libs/auth, run from the workspace's root by run.mjs. The sandbox is a copy: sources are never mutated in place.
export default {
  plugins: ['@stryker-mutator/jest-runner'],
  testRunner: 'jest',
  coverageAnalysis: 'perTest',
  // Static mutants (a constant, a schema: what runs once when its module loads) would each need every test.
  ignoreStatic: true,
  jest: {
    projectType: 'custom',
    configFile: 'libs/auth/jest.config.cjs',
    enableFindRelatedTests: true,
    // Those tests need data from outside the sandbox. Skipped, they would be credited with whatever the next file runs while it loads.
    config: { testPathIgnorePatterns: ['/node_modules/', '/src/security/'] },
  },
  mutate: ['libs/auth/src/**/*.ts', '!**/*.test.ts', '!**/testing/**', '!**/index.ts'],
  ignorePatterns: [
    ...others('.', ['libs', 'jest.preset.js', 'tsconfig.base.json', 'package.json']),
    ...others('libs', ['auth']),
  ],
  tempDirName: 'dist/mutation/sandbox',
  reporters: ['clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: true },
  jsonReporter: { fileName: 'dist/mutation/auth.json' },
  htmlReporter: { fileName: 'dist/mutation/auth.html' },
  thresholds: { high: 95, low: 90, break: 90 },
  timeoutMS: 2_500,
  disableTypeChecks: false,
};
