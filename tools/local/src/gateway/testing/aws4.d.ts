/** The part of aws4 1.13 that tests use as an oracle; it ships no types. */
declare module 'aws4' {
  export interface Aws4Request {
    method: string;
    host: string;
    path: string;
    headers: Record<string, string>;
    body: Uint8Array;
    service: string;
    region: string;
  }
  export function sign(
    request: Aws4Request,
    credentials: { accessKeyId: string; secretAccessKey: string },
  ): { headers: Record<string, string | number> };
}
