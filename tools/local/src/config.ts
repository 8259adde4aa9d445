/** What the host takes from its own process's environment. Functions get nothing of it. */
export interface HostConfig {
  /** Where programs are looked for. */
  readonly searchPath: string;
}

/** Reads the process's environment, once. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): HostConfig {
  return Object.freeze({ searchPath: environment['PATH'] ?? '' });
}
