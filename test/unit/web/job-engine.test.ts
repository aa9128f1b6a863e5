import { describe, expect, it } from 'vitest';

import { jobEngine, serverlessObstacle } from '../../../web/features/spark-jobs/job-engine.ts';

const RELEASES = [
  { version: '7.13.0', engines: ['cluster', 'serverless'] },
  { version: '7.12.0', engines: ['cluster'] },
] as const;
const releases = RELEASES.map(({ version, engines }) => ({ version, engines: [...engines] }));
const typed = (changes: Partial<Parameters<typeof jobEngine>[0]> = {}) => ({
  engine: null,
  notebookKind: null,
  emrRelease: '7.13.0',
  ...changes,
});

describe('the engine that the job form shows', () => {
  it('is the default one until another is chosen', () => {
    expect(jobEngine(typed(), { engine: 'serverless' }, releases)).toBe('serverless');
    expect(jobEngine(typed(), { engine: 'cluster' }, releases)).toBe('cluster');
    expect(jobEngine(typed({ engine: 'cluster' }), { engine: 'serverless' }, releases)).toBe('cluster');
  });

  it.each([
    ['for a Zeppelin note', { notebookKind: 'zeppelin' }, /Zeppelin/],
    ['where the release has no other', { emrRelease: '7.12.0' }, /7\.12\.0/],
  ] as const)('is a cluster %s, and says why', (_where, changes, reason) => {
    expect(jobEngine(typed(changes), { engine: 'serverless' }, releases)).toBe('cluster');
    expect(serverlessObstacle(typed(changes), releases)).toMatch(reason);
  });

  it('goes by the notebook alone where the release is offered no longer', () => {
    expect(serverlessObstacle(typed({ notebookKind: 'jupyter', emrRelease: '7.0.0' }), releases)).toBeNull();
  });
});
