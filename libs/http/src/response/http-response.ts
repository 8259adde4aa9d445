/** Header names (any case) to a value, or to several that go out as several lines. */
export type ResponseHeaders = Readonly<Record<string, string | readonly string[]>>;

/** A response ready for `toResult`: the body is text or bytes, never an object. */
export interface HttpResponse {
  /** 200-599. */
  readonly status: number;
  /** Names in lower case, from the kernel and to features. */
  readonly headers: ResponseHeaders;
  /** Whole `Set-Cookie` values, one a cookie. */
  readonly cookies?: readonly string[] | undefined;
  readonly body?: string | Uint8Array | undefined;
  /** In place of `body`: what a streaming handler sends as it comes, and any other collects. */
  readonly stream?: AsyncIterable<string | Uint8Array> | undefined;
}
