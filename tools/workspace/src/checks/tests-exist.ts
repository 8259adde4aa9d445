import type { Check } from '../snapshot/workspace-snapshot.ts';

/** Every project has a test, none is skipped or alone, and no configuration lets an empty run pass. */
export const testsExist: Check = {
  name: 'tests exist',
  run: ({ projects, files, read }) => [
    ...projects
      .filter(({ root }) => !files.some((file) => file.startsWith(`${root}/`) && file.endsWith('.test.ts')))
      .map(({ name }) => ({ where: name, problem: 'has no test' })),
    ...files
      .filter((file) => /(?:^|\/)(?:jest\.[^/]+|package\.json|project\.json|nx\.json)$/.test(file))
      .filter((file) => read(file)?.includes('passWithNoTests') === true)
      .map((file) => ({ where: file, problem: 'lets a run of no tests pass' })),
    ...files
      .filter((file) => file.endsWith('.test.ts'))
      .filter((file) => /^\s*(?:it|test|describe)\.only\(/m.test(read(file) ?? ''))
      .map((file) => ({ where: file, problem: 'runs one test alone (.only)' })),
  ],
};
