/** How a request ended, for the access log of its stage. */
export interface AccessFacts {
  readonly status: number;
  readonly responseBytes: number;
  readonly latencyMs: number;
  readonly integration?: IntegrationFacts;
}

/** What an integration said; absent while none was asked. */
export interface IntegrationFacts {
  /** The status in the function's result, or of the backend. */
  readonly status?: number;
  /** The status of the call itself: 200 once Lambda ran the function, whatever came of it. */
  readonly integrationStatus?: number;
  readonly latencyMs: number;
  /** Lambda's id of the invocation. */
  readonly requestId?: string;
}

/** The `$context` variables that stand in access logs alone. */
export function accessVariables(facts: AccessFacts): Readonly<Record<string, string | undefined>> {
  const { integration } = facts;
  const latency = integration === undefined ? undefined : String(integration.latencyMs);
  const integrationStatus = integration?.integrationStatus?.toString();
  return {
    status: String(facts.status),
    responseLength: String(facts.responseBytes),
    responseLatency: String(facts.latencyMs),
    integrationLatency: latency,
    'integration.latency': latency,
    integrationStatus,
    'integration.integrationStatus': integrationStatus,
    'integration.status': integration?.status?.toString(),
    'integration.requestId': integration?.requestId,
    awsEndpointRequestId: integration?.requestId,
    dataProcessed: String(facts.responseBytes),
  };
}
