import type { Check, Dependency, Finding, Project } from '../snapshot/workspace-snapshot.ts';

/** What a type may import, where that is less than every lower rank (docs/architecture.md). */
const narrower: Readonly<Record<string, readonly string[]>> = {
  'type:infra': ['type:contract'],
  'type:local': [],
  'type:e2e': [],
};

/**
 * On the graph that Nx sees: an import goes to a lower rank only. A declared (implicit) dependency is no import:
 * it says that a project reads another's bundle.
 */
export const ranksHold: Check = {
  name: 'ranks hold',
  run: ({ projects, dependencies }) => {
    const byName = new Map(projects.map((project) => [project.name, project]));
    return dependencies
      .filter(({ type }) => type !== 'implicit')
      .flatMap((dependency) => judge(dependency, byName));
  },
};

function judge({ source, target }: Dependency, byName: ReadonlyMap<string, Project>): Finding[] {
  const from = byName.get(source);
  const to = byName.get(target);
  if (from === undefined || to === undefined || from === to) return [];
  if (!(rankOf(to) < rankOf(from))) {
    return [{ where: source, problem: `imports ${target}, which is not of a lower rank` }];
  }
  const allowed = from.tags.map((tag) => narrower[tag]).find((tags) => tags !== undefined);
  if (allowed !== undefined && !to.tags.some((tag) => allowed.includes(tag))) {
    return [
      { where: source, problem: `imports ${target}: it may import ${allowed.join(', ') || 'no project'}` },
    ];
  }
  return [];
}

/** NaN for a project without a rank, which no comparison accepts. */
function rankOf({ tags }: Project): number {
  return Number(tags.find((tag) => tag.startsWith('rank:'))?.slice('rank:'.length) ?? Number.NaN);
}
