/** Header names (any case) to a value, or to several that go out as several lines. */
export type ResponseHeaders = Readonly<Record<string, string | readonly string[]>>;

/** A response ready for `toResult`: the body is text or bytes, never an object. */
export interface HttpResponse {
  /** 200-599. */
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Whole `Set-Cookie` values, one a cookie. */
  readonly cookies?: readonly string[];
  readonly body?: string | Uint8Array;
}
