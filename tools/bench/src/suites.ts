import type { Suite } from './suite.ts';
import { handlersSuite } from './suites/handlers/handlers-suite.ts';
import { workspaceSuite } from './suites/workspace/workspace-suite.ts';

/** Every suite that `npm run bench -- SUITE` knows; one line each. */
export const suites: readonly Suite[] = [handlersSuite, workspaceSuite];
