/** Header names (any case) to a value, or to several that go out as several lines. */
export type ResponseHeaders = Readonly<Record<string, string | readonly string[]>>;

/** A response ready for `toResult`: the body is text or bytes, never an object. */
export interface HttpResponse {
  /** 200-599. */
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Whole `Set-Cookie` values, one a cookie. */
  readonly cookies?: readonly string[] | undefined;
  readonly body?: string | Uint8Array | undefined;
}

/** Headers of one response under way: names in lower case, and nobody else's to write into. */
export type HeaderRecord = Record<string, string | readonly string[]>;

/** A response on its way out. Features write into its headers; whatever else they change is a response of its own. */
export interface OutgoingResponse extends HttpResponse {
  readonly headers: HeaderRecord;
  /** In place of `body`: what a streaming handler sends as it comes, and `collectStreams` makes a body of. */
  readonly stream?: AsyncIterable<string | Uint8Array> | undefined;
}
