/** The code of an error of the system, such as `EADDRINUSE` or `ENOENT`; undefined for any other value. */
export function systemErrorCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
