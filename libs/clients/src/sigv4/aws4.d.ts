/** The part of aws4, a test oracle, that is used; it ships no types. */
declare module 'aws4' {
  interface SignedRequest {
    readonly headers: Record<string, string>;
  }
  const aws4: { sign(request: object, credentials: object): SignedRequest };
  export default aws4;
}
