import path from 'node:path';
import ts from 'typescript';
import type { Check, WorkspaceSnapshot } from '../snapshot/workspace-snapshot.ts';

/** No file reaches itself over relative imports, types included: a cycle makes the load order matter. */
export const noImportCycles: Check = {
  name: 'no import cycles',
  run: (workspace) =>
    findCycles(readImports(workspace)).map((cycle) => ({
      where: cycle[0] ?? '',
      problem: `imports itself: ${[...cycle, cycle[0]].join(' > ')}`,
    })),
};

function readImports({ files, read }: WorkspaceSnapshot): Map<string, string[]> {
  const sources = files.filter((file) => file.endsWith('.ts') && !file.includes('/fixtures/'));
  return new Map(
    sources.map((file) => {
      const { importedFiles } = ts.preProcessFile(read(file) ?? '', true, true);
      const relative = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith('.'));
      return [file, relative.map((name) => path.posix.join(path.posix.dirname(file), name))];
    }),
  );
}

/** One shortest-found cycle for each strongly connected knot (depth first, in the order of the files). */
function findCycles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const cycles: string[][] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file);
    if (start !== -1) cycles.push(trail.slice(start));
    if (start !== -1 || done.has(file)) return;
    for (const imported of imports.get(file) ?? []) visit(imported, [...trail, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return cycles;
}
