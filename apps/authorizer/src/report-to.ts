import type { Invocation } from '@gatehouse/observability';
import type { Report } from './create-authorizer.ts';

/** Counted for each request that fails for want of keys or configuration: what alarms and rollbacks watch. */
export const OUTAGE_METRIC = 'AuthorizerOutage';

/**
 * Writes a request's report to its invocation: the reason of a refusal to the log, which no client sees. A thrown
 * "Unauthorized" counts as an error of the function, so that its error count says nothing; an outage has a metric of its own.
 */
export function reportTo(invocation: Invocation): (report: Report) => void {
  return (report) => {
    switch (report.outcome) {
      case 'allowed':
        invocation.describe({ principalKind: report.principalKind });
        break;
      case 'denied':
        invocation.describe({ errorCode: report.code });
        break;
      case 'unauthenticated':
        invocation.describe({ principalKind: 'anonymous', errorCode: report.code });
        invocation.log.info('refused as unauthenticated', { code: report.code, rule: report.detail });
        break;
      case 'outage':
        invocation.describe({ errorCode: report.code });
        invocation.count(OUTAGE_METRIC);
        invocation.log.error('keys or configuration are not available', {
          code: report.code,
          error: report.error,
        });
        break;
    }
  };
}
