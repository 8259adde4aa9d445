/** The path template of a route key, with a method or without; a key such as `$default` has none. */
export function templateOf(routeKey = ''): string {
  return routeKey.slice(routeKey.indexOf('/'));
}
