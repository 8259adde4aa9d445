import type { Suite } from './suite.ts';
import { authSuite } from './suites/auth/auth-suite.ts';
import { clientsSuite } from './suites/clients/clients-suite.ts';
import { handlersSuite } from './suites/handlers/handlers-suite.ts';
import { infraSuite } from './suites/infra/infra-suite.ts';
import { localSuite } from './suites/local/local-suite.ts';
import { observabilitySuite } from './suites/observability/observability-suite.ts';
import { workspaceSuite } from './suites/workspace/workspace-suite.ts';

/** Every suite that `npm run bench -- SUITE` knows; one line each. */
export const suites: readonly Suite[] = [
  authSuite,
  clientsSuite,
  observabilitySuite,
  handlersSuite,
  infraSuite,
  localSuite,
  workspaceSuite,
];
