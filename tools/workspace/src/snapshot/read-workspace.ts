import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createProjectGraphAsync } from '@nx/devkit';
import type { Dependency, WorkspaceSnapshot } from './workspace-snapshot.ts';

/** Reads the workspace at `root`: Nx's graph, and the files that git tracks or does not ignore. */
export async function readWorkspace(root: string): Promise<WorkspaceSnapshot> {
  const graph = await createProjectGraphAsync({ exitOnError: false });
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root })
    .toString()
    .split('\n')
    .filter((file) => file !== '' && existsSync(path.join(root, file)));
  const known = new Set(files);
  return {
    projects: Object.values(graph.nodes).map(({ name, data }) => ({
      name,
      root: data.root,
      tags: data.tags ?? [],
      targets: Object.keys(data.targets ?? {}),
    })),
    dependencies: Object.values(graph.dependencies)
      .flat()
      .filter(({ target }) => target in graph.nodes)
      .map(({ source, target, type }) => ({ source, target, type: type as Dependency['type'] })),
    files,
    read: (file) => (known.has(file) ? readFileSync(path.join(root, file), 'utf8') : undefined),
  };
}
