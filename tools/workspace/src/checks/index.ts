import type { Check } from '../snapshot/workspace-snapshot.ts';
import { linksLeadSomewhere } from './links-lead-somewhere.ts';
import { lockFileHasEveryPlatform } from './lock-file-has-every-platform.ts';
import { noImportCycles } from './no-import-cycles.ts';
import { projectsAreDescribed } from './projects-are-described.ts';
import { projectsHaveOwners } from './projects-have-owners.ts';
import { ranksHold } from './ranks-hold.ts';
import { testsExist } from './tests-exist.ts';
import { workflowsArePinned } from './workflows-are-pinned.ts';

/** What `nx check workspace` runs. */
export const checks: readonly Check[] = [
  projectsAreDescribed,
  projectsHaveOwners,
  ranksHold,
  noImportCycles,
  testsExist,
  lockFileHasEveryPlatform,
  workflowsArePinned,
  linksLeadSomewhere,
];
