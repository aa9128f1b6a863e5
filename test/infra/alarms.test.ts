import { describe, expect, it } from 'vitest';

import { policyLines, type PolicyDocument } from './policy-lines.ts';
import { readable } from './readable.ts';
import { synthesised } from './templates.ts';

const { Resources } = synthesised({ alarmAddress: 'operators@example.com', hourlyCostLimit: 50 }).portal;
const propertiesOf = (type: string) =>
  Object.values(Resources)
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => Properties);

const alarms = propertiesOf('AWS::CloudWatch::Alarm');

describe('every alarm', () => {
  it('tells the topic that mails the operators', () => {
    const [topic, ...others] = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::SNS::Topic');
    expect(others).toEqual([]);
    expect(alarms.length).toBeGreaterThan(9);
    for (const { AlarmActions } of alarms) expect(AlarmActions).toEqual([{ Ref: topic?.[0] }]);
  });

  it('may publish there: a policy of the topic replaces the one by which SNS lets an account’s alarms in', () => {
    const lines = propertiesOf('AWS::SNS::TopicPolicy').flatMap(({ PolicyDocument }) =>
      policyLines([PolicyDocument as PolicyDocument]),
    );
    const allowing = lines.filter((line) => /^allow sns:Publish .* by Service=cloudwatch\.amazonaws\.com /.test(line));
    expect(allowing).toHaveLength(1);
    const [, prefix = 'none'] =
      /aws:SourceArn arn:aws:cloudwatch:<region>:<account>:alarm:(.*?)\*/.exec(allowing[0] ?? '') ?? [];
    expect(alarms.map(({ AlarmName }) => readable(AlarmName)).filter((name) => !name.startsWith(prefix))).toEqual([]);
  });
});
