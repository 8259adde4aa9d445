/** How a gateway calls a function: what Lambda's Invoke with `RequestResponse` gives, as data. */
export interface FunctionInvoker {
  /**
   * Runs one invocation. Never rejects for a fault of the function: that is an outcome.
   *
   * @param payload the event as JSON text.
   */
  invoke(functionArn: string, payload: string, options?: InvokeOptions): Promise<InvocationOutcome>;
}

export interface InvokeOptions {
  /** `Root=...;Parent=...;Sampled=0|1`, passed on as `Lambda-Runtime-Trace-Id`. */
  readonly traceHeader?: string;
}

export type InvocationOutcome =
  | {
      readonly kind: 'success';
      readonly requestId: string;
      readonly payload: Uint8Array;
      /**
       * What the runtime named, if it did. `application/vnd.awslambda.http-integration-response` comes from
       * `HttpResponseStream.from`: a JSON prelude (status, headers, cookies), eight NUL bytes, then the body.
       */
      readonly contentType?: string;
    }
  /** The handler threw, or the runtime exited or failed to start. `payload` is the error document as Lambda returns it. */
  | {
      readonly kind: 'function-error';
      readonly requestId: string;
      readonly errorType: string;
      readonly errorMessage: string;
      readonly payload: Uint8Array;
    }
  | { readonly kind: 'timeout'; readonly requestId: string; readonly timeoutMs: number }
  | { readonly kind: 'throttled'; readonly reason: string }
  /** Lambda's 413 `RequestEntityTooLargeException`: the event is over 6 MB (6,291,456 bytes). The function did not run. */
  | { readonly kind: 'request-too-large'; readonly payloadBytes: number; readonly limitBytes: number }
  /** No function of that ARN, or one that the host cannot run (its runtime is not Node, its code is missing). */
  | { readonly kind: 'unavailable'; readonly reason: string };
