import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
  vi.restoreAllMocks();
});

it('writes each metric as a line of embedded metric format, with identifiers beside the dimensions', async () => {
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('ATMO_ENVIRONMENT', 'prod');
  vi.resetModules();
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  const { metrics } = await import('../../../functions/runtime/metrics.ts');
  const about = { identifier: 'daily-report', size: 3, jobflowId: 'j-1' };
  metrics.record([
    { name: 'sparkjob-run-time', unit: 'Seconds', value: 176_400, dimensions: {}, about },
    { name: 'cluster-emr-version', unit: 'Count', value: 1, dimensions: { emrRelease: '7.10.0' }, about },
  ]);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    {
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'ATMO',
            Dimensions: [['service', 'environment']],
            Metrics: [{ Name: 'sparkjob-run-time', Unit: 'Seconds' }],
          },
        ],
      },
      'sparkjob-run-time': 176_400,
      service: 'atmo',
      environment: 'prod',
      identifier: 'daily-report',
      size: '3',
      jobflowId: 'j-1',
    },
    {
      _aws: { CloudWatchMetrics: [{ Dimensions: [['service', 'environment', 'emrRelease']] }] },
      emrRelease: '7.10.0',
    },
  ]);
});
