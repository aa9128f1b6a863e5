import { describe, expect, it } from 'vitest';

import { synthesised } from './templates.ts';

describe('after a deployment', () => {
  it('the event of this stack alone has schedules compared with jobs', () => {
    const rules = Object.values(synthesised().portal.Resources).filter(
      ({ Type, Properties }) =>
        Type === 'AWS::Events::Rule' && JSON.stringify(Properties).includes('aws.cloudformation'),
    );
    expect(rules.map(({ Properties }) => [Properties['EventPattern'], Properties['Targets']])).toEqual([
      [
        {
          source: ['aws.cloudformation'],
          'detail-type': ['CloudFormation Stack Status Change'],
          detail: {
            'stack-id': [{ Ref: 'AWS::StackId' }],
            'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'] },
          },
        },
        [expect.objectContaining({ Input: '{"task":"compareSchedules"}' })],
      ],
    ]);
  });
});
