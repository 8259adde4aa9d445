/** What the checks see of a workspace: plain data, so that a test builds a broken one by hand. */
export interface WorkspaceSnapshot {
  readonly projects: readonly Project[];
  /** Nx's own graph, between projects alone. */
  readonly dependencies: readonly Dependency[];
  /** Every file that git tracks or would track, relative to the root, with `/`. */
  readonly files: readonly string[];
  /** The text of one of `files`; undefined for any other path. */
  readonly read: (file: string) => string | undefined;
}

export interface Project {
  readonly name: string;
  /** Such as `libs/http`. */
  readonly root: string;
  readonly tags: readonly string[];
  readonly targets: readonly string[];
}

export interface Dependency {
  readonly source: string;
  readonly target: string;
  /** `implicit` is declared in a project.json; the others were found in source. */
  readonly type: 'static' | 'dynamic' | 'implicit';
}

/** Something that a check holds against the workspace. */
export interface Finding {
  /** The file or project to open. */
  readonly where: string;
  readonly problem: string;
}

export interface Check {
  readonly name: string;
  run(workspace: WorkspaceSnapshot): readonly Finding[];
}
