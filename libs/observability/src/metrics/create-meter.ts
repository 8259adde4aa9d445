import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { ObservabilityConfig } from '../config.ts';

/** What one invocation measured. */
export interface Measurement {
  /** Operation of the contract; absent where there is none. */
  readonly route: string | undefined;
  readonly errorCode: string | undefined;
  readonly fault: boolean;
  readonly coldStart: boolean;
  readonly durationMs: number;
  /** Counts by name, from `Invocation.count`. */
  readonly counts: ReadonlyMap<string, number>;
  /** Searchable in the log, no dimension. */
  readonly correlationId: string;
}

/** Writes the metrics of an invocation as one line of CloudWatch's embedded metric format. */
export interface Meter {
  publish(measurement: Measurement): void;
}

/** Distinct values that one execution environment gives a dimension; further ones are called `other`. */
const maxRoutes = 200;

/**
 * Makes the meter over Powertools Metrics.
 *
 * Metrics: `Requests`, `Latency` (ms), `Faults` (5xx or thrown), `ColdStarts`, `Errors.<CODE>`, and what the
 * invocation counted. Dimensions: `environment` and `service`, and once more with `route`. Codes are in the metric's
 * name, not in a dimension: a dimension would multiply every metric by every code.
 */
export function createMeter(service: string, config: ObservabilityConfig): Meter {
  const metrics = new Metrics({
    namespace: config.namespace,
    serviceName: service,
    defaultDimensions: { environment: config.environment },
  });
  const routes = new Set<string>();
  return {
    publish(measured) {
      if (measured.route !== undefined) {
        // A further set replaces the default one, so that is named as well: the defaults and nothing more.
        metrics.addDimensions({});
        metrics.addDimensions({ route: boundedRoute(routes, measured.route) });
      }
      metrics.addMetric('Requests', MetricUnit.Count, 1);
      metrics.addMetric('Latency', MetricUnit.Milliseconds, measured.durationMs);
      metrics.addMetric('Faults', MetricUnit.Count, measured.fault ? 1 : 0);
      if (measured.coldStart) metrics.addMetric('ColdStarts', MetricUnit.Count, 1);
      if (measured.errorCode !== undefined) {
        metrics.addMetric(`Errors.${measured.errorCode}`, MetricUnit.Count, 1);
      }
      for (const [name, value] of measured.counts) metrics.addMetric(name, MetricUnit.Count, value);
      metrics.addMetadata('correlation_id', measured.correlationId);
      metrics.publishStoredMetrics();
    },
  };
}

function boundedRoute(routes: Set<string>, route: string): string {
  if (!routes.has(route) && routes.size >= maxRoutes) return 'other';
  routes.add(route);
  return route;
}
