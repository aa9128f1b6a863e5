import type { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';

/** A metric that the portal's functions record, with the dimensions of `functions/runtime/metrics.ts`. */
export const portalMetric = (environment: string, metricName: string, period: Duration): Metric =>
  new Metric({
    namespace: 'ATMO',
    metricName,
    dimensionsMap: { service: 'atmo', environment },
    statistic: 'Maximum',
    period,
  });
