import type { Cluster } from './cluster.ts';
import { secondsBetween } from './instant.ts';
import type { Session } from './session.ts';
import type { Run } from './run.ts';
import type { Workload } from './workload.ts';

/** One value for CloudWatch. */
export interface Metric {
  readonly name: string;
  readonly unit: 'Count' | 'Seconds' | 'None';
  readonly value: number;
  /** Few values each: every combination is a metric of its own, and billed as one. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** In the log line alone, for Logs Insights; null for what is about everything. */
  readonly about: MetricSubject | null;
}

export interface MetricSubject {
  readonly identifier: string;
  readonly size: number;
  readonly jobflowId: string | null;
}

/** First words of the names. */
export type MetricFamily = 'cluster' | 'session' | 'sparkjob';

interface Measured {
  readonly family: MetricFamily;
  readonly identifier: string;
  readonly size: number;
  readonly emrRelease: string;
}

const subjectOf = ({ identifier, size }: Measured, { emrId }: Workload): MetricSubject => ({
  identifier,
  size,
  jobflowId: emrId,
});

/**
 * What a change of a workload is to be counted for. Each time is set once in the life of a workload, so whoever writes it
 * counts it, and a repeated or late event counts nothing.
 */
const workloadMetrics = (measured: Measured, before: Workload, after: Workload): Metric[] => {
  const { family, emrRelease } = measured;
  const about = subjectOf(measured, after);
  const none = { dimensions: {}, about };
  const isNew = (time: 'startedAt' | 'readyAt' | 'finishedAt'): boolean =>
    before[time] === null && after[time] !== null;
  const metrics: Metric[] = [];
  if (isNew('startedAt'))
    metrics.push({ name: `${family}-emr-version`, unit: 'Count', value: 1, dimensions: { emrRelease }, about });
  if (isNew('readyAt') && after.readyAt !== null) {
    // The event may come before the answer to the launch.
    const start = after.startedAt ?? after.launchAttemptedAt ?? after.claimedAt;
    if (family !== 'sparkjob') metrics.push({ name: `${family}-ready`, unit: 'Count', value: 1, ...none });
    const value = secondsBetween(start, after.readyAt);
    metrics.push({ name: `${family}-time-to-ready`, unit: 'Seconds', value, ...none });
  }
  if (family === 'sparkjob' && isNew('finishedAt') && after.finishedAt !== null && after.readyAt !== null)
    metrics.push({
      name: 'sparkjob-run-time',
      unit: 'Seconds',
      value: secondsBetween(after.readyAt, after.finishedAt),
      ...none,
    });
  return metrics;
};

export const clusterMetrics = (before: Cluster, after: Cluster): Metric[] =>
  workloadMetrics({ family: 'cluster', ...after }, before.workload, after.workload);

export const sessionMetrics = (before: Session, after: Session): Metric[] =>
  workloadMetrics({ family: 'session', identifier: after.name, ...after }, before.workload, after.workload);

export const runMetrics = (before: Run, after: Run): Metric[] =>
  workloadMetrics({ family: 'sparkjob', identifier: after.jobIdentifier, ...after }, before.workload, after.workload);

export const extensionMetric = (
  family: 'cluster' | 'session',
  { identifier, size, workload }: Pick<MetricSubject, 'identifier' | 'size'> & Pick<Cluster, 'workload'>,
): Metric => ({
  name: `${family}-extension`,
  unit: 'Count',
  value: 1,
  dimensions: {},
  about: { identifier, size, jobflowId: workload.emrId },
});

/** Once EMR has told them, which it does within minutes of the end. */
export const normalizedHoursMetric = (
  family: MetricFamily,
  { identifier, size }: Pick<MetricSubject, 'identifier' | 'size'>,
  { emrId, normalizedInstanceHours }: Workload,
): readonly Metric[] =>
  normalizedInstanceHours === null
    ? []
    : [
        {
          name: `${family}-normalized-instance-hours`,
          unit: 'None',
          value: normalizedInstanceHours,
          dimensions: {},
          about: { identifier, size, jobflowId: emrId },
        },
      ];
