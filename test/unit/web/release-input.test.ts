import { describe, expect, it } from 'vitest';

import { releaseFacts } from '../../../shared/domain/emr-release-facts.ts';
import { NEW_RELEASE, releaseRequest, releaseValues, withEngine } from '../../../web/features/admin/release-input.ts';

const facts = releaseFacts('7.10.0');
if (facts === null) throw new Error('7.10.0 is not known.');
const kept = {
  version: '7.10.0',
  changelogUrl: 'https://docs.aws.amazon.com/emr/',
  helpText: 'Spark 3.5.5',
  isActive: true,
  isExperimental: false,
  isDeprecated: true,
};

describe('the input of an EMR release', () => {
  it('sends nothing of the contents that ATMO knows, so that they go on following what it knows', () => {
    const view = { ...facts, ...kept, applications: [...facts.applications], engines: [...facts.engines] };
    expect(releaseRequest(releaseValues(view))).toEqual(kept);
  });

  it('keeps contents that an admin gave before', () => {
    const view = {
      ...facts,
      ...kept,
      applications: ['Spark', 'Livy'],
      engines: ['cluster' as const],
      supportEndsOn: null,
    };
    expect(releaseRequest(releaseValues(view))).toEqual({
      ...kept,
      applications: ['Spark', 'Livy'],
      engines: ['cluster'],
      supportEndsOn: null,
    });
  });

  it('sends what differs from the version that is typed at last', () => {
    const values = { ...NEW_RELEASE, version: ' 7.8.0 ', own: { sparkVersion: '3.5.4', pythonVersion: '3.12' } };
    const request = releaseRequest(values);
    expect(request).toMatchObject({ version: '7.8.0', pythonVersion: '3.12' });
    expect(request).not.toHaveProperty('sparkVersion');
  });

  it('switches engines in one order, down to none', () => {
    expect(withEngine('serverless', 'cluster', true)).toBe('cluster, serverless');
    expect(withEngine('serverless', 'serverless', false)).toBe('');
  });
});
