import type { Check, Finding, Project } from '../snapshot/workspace-snapshot.ts';

const targets = ['lint', 'typecheck', 'test', 'build'];
const tagKinds = ['type', 'scope', 'rank'];

/** Every project has one tag of each kind and every common target; every folder of source is a project. */
export const projectsAreDescribed: Check = {
  name: 'projects are described',
  run: ({ projects, files }) => [...projects.flatMap(describe), ...strayFolders(projects, files)],
};

function describe({ name, tags, targets: has }: Project): Finding[] {
  const wrongTags = tagKinds
    .filter((kind) => tags.filter((tag) => tag.startsWith(`${kind}:`)).length !== 1)
    .map((kind) => ({ where: name, problem: `needs exactly one ${kind}: tag` }));
  const missing = targets
    .filter((target) => !has.includes(target))
    .map((target) => ({ where: name, problem: `has no ${target} target` }));
  return [...wrongTags, ...missing];
}

function strayFolders(projects: readonly Project[], files: readonly string[]): Finding[] {
  const roots = new Set(projects.map(({ root }) => root));
  const folders = new Set(files.map((file) => /^(?:apps|libs|tools)\/[^/]+(?=\/)/.exec(file)?.[0]));
  return [...folders]
    .filter((folder) => folder !== undefined && !roots.has(folder))
    .map((folder) => ({ where: folder ?? '', problem: 'is no project: it has no project.json' }));
}
