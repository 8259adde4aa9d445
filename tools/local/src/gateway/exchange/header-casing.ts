/** `x-custom-Header` -> `X-Custom-Header`: how an HTTP API writes names on HTTP/1.1, and in its 1.0 events. */
export function toTrainCase(name: string): string {
  return name
    .split('-')
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1).toLowerCase())
    .join('-');
}
