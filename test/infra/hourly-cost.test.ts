import { describe, expect, it } from 'vitest';

import { synthesised } from './templates.ts';

const alarmsOf = (hourlyCostLimit: number | null) =>
  Object.values(synthesised({ hourlyCostLimit }).portal.Resources).filter(
    ({ Type, Properties }) => Type === 'AWS::CloudWatch::Alarm' && Properties['MetricName'] === 'hourly-cost',
  );

const limitOf = (hourlyCostLimit: number | null): unknown[] =>
  Object.values(synthesised({ hourlyCostLimit }).portal.Resources).flatMap(({ Type, Properties }) => {
    const { Variables = {} } = (Properties['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
    return Type === 'AWS::Lambda::Function' ? [Variables['ATMO_HOURLY_COST_LIMIT']] : [];
  });

describe('a limit of the cost an hour', () => {
  it('has an alarm on the stage’s own metric, and the upkeep tells admins', () => {
    expect(alarmsOf(50).map(({ Properties }) => Properties)).toMatchObject([
      {
        AlarmName: 'atmo-test-HourlyCost',
        Namespace: 'ATMO',
        Dimensions: [
          { Name: 'environment', Value: 'test' },
          { Name: 'service', Value: 'atmo' },
        ],
        Statistic: 'Maximum',
        Threshold: 50,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      },
    ]);
    expect(limitOf(50)).toContain('50');
  });

  it('is none by default', () => {
    expect(alarmsOf(null)).toEqual([]);
    expect(limitOf(null)).toContain('');
  });
});
