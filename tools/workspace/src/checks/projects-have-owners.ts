import type { Check, Finding, Project } from '../snapshot/workspace-snapshot.ts';

const codeowners = '.github/CODEOWNERS';

interface Line {
  readonly pattern: string;
  readonly owners: readonly string[];
}

/**
 * Every project has a CODEOWNERS line of its own with an owner, its README names that owner, and the more specific
 * of two lines stands later, since the last match decides (docs.github.com, "About code owners").
 */
export const projectsHaveOwners: Check = {
  name: 'projects have owners',
  run: ({ projects, read }) => {
    const text = read(codeowners);
    if (text === undefined) return [{ where: codeowners, problem: 'is missing' }];
    const lines = parse(text);
    return [
      ...projects.flatMap((project) => owned(project, lines, read(`${project.root}/README.md`))),
      ...outOfOrder(lines),
      ...lines
        .filter(({ owners }) => owners.length === 0)
        .map(({ pattern }) => ({ where: codeowners, problem: `${pattern} has no owner` })),
    ];
  },
};

function parse(text: string): Line[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
    .map((line) => line.split(/\s+/))
    .map(([pattern = '', ...owners]) => ({ pattern, owners }));
}

function owned({ name, root }: Project, lines: readonly Line[], readme: string | undefined): Finding[] {
  const line = lines.find(({ pattern }) => pattern === `/${root}/`);
  if (line === undefined) return [{ where: codeowners, problem: `has no line /${root}/` }];
  if (readme === undefined) return [{ where: name, problem: 'has no README.md' }];
  return line.owners
    .filter((owner) => !readme.includes(owner))
    .map((owner) => ({ where: `${root}/README.md`, problem: `does not name its owner ${owner}` }));
}

function outOfOrder(lines: readonly Line[]): Finding[] {
  return lines.flatMap((line, index) =>
    lines
      .slice(0, index)
      .filter((earlier) => covers(line.pattern, earlier.pattern))
      .map((earlier) => ({
        where: codeowners,
        problem: `${line.pattern} stands after ${earlier.pattern} and takes its files`,
      })),
  );
}

function covers(general: string, specific: string): boolean {
  return general === '*' || (general.endsWith('/') && specific.startsWith(general));
}
