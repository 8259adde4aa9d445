import type { Check, Finding } from '../snapshot/workspace-snapshot.ts';

/** Actions are named by commit (a tag can be moved), and each workflow states its permissions. */
export const workflowsArePinned: Check = {
  name: 'workflows are pinned',
  run: ({ files, read }) =>
    files
      .filter((file) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(file))
      .flatMap((file) => judge(file, read(file) ?? '')),
};

function judge(where: string, text: string): Finding[] {
  const unpinned = [...text.matchAll(/^\s*(?:- )?uses:\s*(\S+)/gm)]
    .map((match) => match[1] ?? '')
    .filter((action) => !action.startsWith('./') && !/@[0-9a-f]{40}$/.test(action))
    .map((action) => ({ where, problem: `${action} is not pinned to a commit` }));
  const open = /^permissions:/m.test(text) ? [] : [{ where, problem: 'states no permissions at the top' }];
  return [...unpinned, ...open];
}
