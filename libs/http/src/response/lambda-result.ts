/** Result for a REST API and for payload 1.0. An unknown key would make a REST API answer 502. */
export interface LambdaResultV1 {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly multiValueHeaders?: Record<string, string[]>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** Result for payload 2.0: an HTTP API or a function URL. */
export interface LambdaResultV2 {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly cookies?: string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** What the function returns to its front. Made by `toResult` alone. */
export type LambdaResult = LambdaResultV1 | LambdaResultV2;
