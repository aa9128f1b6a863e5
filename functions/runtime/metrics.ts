import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

import { ENVIRONMENT } from '../../shared/contract/environment.ts';
import type { Metric } from '../../shared/domain/metrics.ts';

const UNITS = { Count: MetricUnit.Count, Seconds: MetricUnit.Seconds, None: MetricUnit.NoUnit } as const;

/** Not the function's name, which would split a metric by the function that happened to write first. */
const service = 'atmo';

const powertools = new Metrics({
  namespace: 'ATMO',
  serviceName: service,
  defaultDimensions: { environment: process.env[ENVIRONMENT.environment] ?? 'local' },
});

/** CloudWatch metrics in embedded metric format: a log line each, which costs no call. */
export const metrics = {
  record(values: readonly Metric[]): void {
    for (const { name, unit, value, dimensions, about } of values) {
      const single = powertools.singleMetric();
      for (const [key, text] of Object.entries(dimensions)) single.addDimension(key, text);
      if (about !== null) {
        single.addMetadata('identifier', about.identifier);
        single.addMetadata('size', String(about.size));
        if (about.jobflowId !== null) single.addMetadata('jobflowId', about.jobflowId);
      }
      single.addMetric(name, UNITS[unit], value);
    }
  },
};
