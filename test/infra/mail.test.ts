import { describe, expect, it } from 'vitest';

import { synthesised, type Resource } from './templates.ts';

const ofType = (type: string, from: string | null): Resource[] =>
  Object.values(synthesised(from === null ? {} : { mail: { from } }).portal.Resources).filter(
    (resource) => resource.Type === type,
  );

describe('the mails of a stage with a sender', () => {
  it('go out by a configuration set that reports bounces and rejections to EventBridge', () => {
    const [set] = ofType('AWS::SES::ConfigurationSet', 'atmo@example.com');
    expect(set?.Properties).toMatchObject({
      Name: 'atmo-test',
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
    const [destination] = ofType('AWS::SES::ConfigurationSetEventDestination', 'atmo@example.com');
    expect(destination?.Properties).toMatchObject({
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ['bounce', 'reject'],
        EventBridgeDestination: { EventBusArn: expect.anything() as unknown },
      },
    });
    expect(JSON.stringify(destination?.Properties['EventDestination'])).toContain('event-bus/default');
  });

  it('may be sent by this sender and this configuration set alone', () => {
    const statements = ofType('AWS::IAM::Policy', 'atmo@example.com').flatMap(
      ({ Properties }) => (Properties['PolicyDocument'] as { Statement: object[] }).Statement,
    );
    const sending = statements.filter((statement) => JSON.stringify(statement).includes('ses:SendEmail'));
    expect(sending.length).toBeGreaterThan(0);
    for (const statement of sending) {
      expect(statement).toMatchObject({ Condition: { StringEquals: { 'ses:FromAddress': 'atmo@example.com' } } });
      expect(JSON.stringify(statement)).toContain('configuration-set/atmo-test');
    }
  });
});

it('a stage without a sender has no configuration set', () => {
  expect(ofType('AWS::SES::ConfigurationSet', null)).toEqual([]);
});
