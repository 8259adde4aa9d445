/** Whether `path` is `prefix` or below it. */
function isUnder(path: string, prefix: string): boolean {
  return `${path}/`.startsWith(`${prefix}/`);
}

/** The path below `prefix`; one outside it is left as it is. */
export function withoutPrefix(path: string, prefix: string): string {
  return isUnder(path, prefix) ? path.slice(prefix.length) || '/' : path;
}

/**
 * An HTTP API's named stage stands in the path; `$default` does not. A path that begins with the stage's name because the
 * route (`template`) does is left alone.
 */
export function withoutStage(path: string, stage: string, template = ''): string {
  if (stage === '$default') return path;
  const prefix = `/${stage}`;
  const rest = withoutPrefix(path, prefix);
  return isUnder(template, prefix) && !isUnder(rest, prefix) ? path : rest;
}
