import { describe, expect, it } from 'vitest';

import {
  hasApplication,
  KNOWN_RELEASES,
  releaseFacts,
  releaseFamily,
  releaseProblem,
} from '../../../shared/domain/emr-release-facts.ts';
import {
  defaultRelease,
  newestFirst,
  releaseLabel,
  SEED_EMR_RELEASES,
  withFacts,
  type EmrRelease,
} from '../../../shared/domain/emr-release.ts';

describe('EMR releases', () => {
  const release = (version: string, flags: Partial<EmrRelease> = {}): EmrRelease => ({
    version,
    changelogUrl: '',
    helpText: '',
    isActive: true,
    isExperimental: false,
    isDeprecated: false,
    applications: [],
    sparkVersion: '',
    pythonVersion: '',
    supportEndsOn: null,
    engines: [],
    ...flags,
  });

  it('sort by their numbers, newest first', () => {
    expect(
      ['7.9.0', '7.10.0', 'spark-8.0.0', '7.13.0', 'spark-8.10.0']
        .map((version) => release(version))
        .toSorted(newestFirst)
        .map(({ version }) => version),
    ).toEqual(['spark-8.10.0', 'spark-8.0.0', '7.13.0', '7.10.0', '7.9.0']);
  });

  it('sort by their numbers whatever stands before them, and then by name', () => {
    const versions = ['spark-8.0.0', '8.1.0', '8.0.0', 'spark-8.2.0'].map((version) => ({ version }));
    expect(versions.toSorted(newestFirst).map(({ version }) => version)).toEqual([
      'spark-8.2.0',
      '8.1.0',
      '8.0.0',
      'spark-8.0.0',
    ]);
  });

  it('are left out where no family has them', () => {
    expect(withFacts([release('6.15.0'), release('7.13.0')])).toMatchObject([{ version: '7.13.0' }]);
  });

  it('default to the newest without a flag against it', () => {
    const all = [
      release('7.12.0', { isExperimental: true }),
      release('7.11.0', { isActive: false }),
      release('7.9.0'),
      release('7.10.0'),
      release('spark-8.0.0', { isDeprecated: true }),
    ];
    expect(defaultRelease(all)?.version).toBe('7.10.0');
    expect(defaultRelease([])).toBeNull();
  });

  it('are seeded with the newest of 7.x as the default, and Spark 4 to be tried', () => {
    const seeded = withFacts(SEED_EMR_RELEASES);
    expect(seeded).toHaveLength(SEED_EMR_RELEASES.length);
    expect(defaultRelease(seeded)?.version).toBe('7.13.0');
    expect(seeded.toSorted(newestFirst)[0]).toMatchObject({ version: 'spark-8.0.0', isExperimental: true });
    expect(seeded.find(({ version }) => version === 'spark-8.0.0')?.changelogUrl).toMatch(/emr-spark800-release/);
  });
});

describe('what a release has', () => {
  it('is known for every release of AWS’s guide', () => {
    expect(
      KNOWN_RELEASES.map((version) => {
        const { sparkVersion, pythonVersion, supportEndsOn, engines } = releaseFacts(version) ?? {};
        const zeppelin = hasApplication(version, 'Zeppelin') ? 'Zeppelin' : 'no Zeppelin';
        return [
          releaseLabel(version),
          sparkVersion,
          pythonVersion,
          supportEndsOn ?? '?',
          zeppelin,
          engines?.join(),
        ].join(' ');
      }),
    ).toMatchInlineSnapshot(`
      [
        "emr-spark-8.0.0 4.0.2 3.11 2027-05-20 no Zeppelin cluster,serverless",
        "emr-7.14.0 3.5.6 3.11 2028-09-08 Zeppelin cluster,serverless",
        "emr-7.13.0 3.5.6 3.11 2028-04-21 Zeppelin cluster,serverless",
        "emr-7.12.0 3.5.6 3.11 ? Zeppelin cluster,serverless",
        "emr-7.11.0 3.5.6 3.11 ? Zeppelin cluster,serverless",
        "emr-7.10.0 3.5.5 3.11 2027-08-15 Zeppelin cluster,serverless",
        "emr-7.9.0 3.5.5 3.11 2027-05-19 Zeppelin cluster,serverless",
        "emr-7.8.0 3.5.4 3.11 ? Zeppelin cluster,serverless",
        "emr-7.7.0 3.5.3 3.11 ? Zeppelin cluster,serverless",
        "emr-7.6.0 3.5.3 3.11 ? Zeppelin cluster,serverless",
        "emr-7.5.0 3.5.2 3.11 2026-11-20 Zeppelin cluster,serverless",
        "emr-7.4.0 3.5.2 3.11 2026-11-12 Zeppelin cluster,serverless",
        "emr-7.3.0 3.5.1 3.11 2026-10-15 Zeppelin cluster,serverless",
        "emr-7.2.0 3.5.1 3.11 ? Zeppelin cluster,serverless",
        "emr-7.1.0 3.5.0 3.11 ? Zeppelin cluster,serverless",
        "emr-7.0.0 3.5.0 3.9 ? Zeppelin cluster,serverless",
      ]
    `);
  });

  it('is what its family has, for a version that came later', () => {
    expect(releaseFacts('7.99.0')).toMatchObject({ sparkVersion: '3.5.6', pythonVersion: '3.11', supportEndsOn: null });
    expect(releaseFacts('spark-8.1.0')).toMatchObject({ sparkVersion: '4.0.2', supportEndsOn: null });
  });

  it('is what admins keep of it, where they do', () => {
    const [kept] = SEED_EMR_RELEASES;
    if (kept === undefined) throw new Error('There are no seeds.');
    expect(withFacts([{ ...kept, supportEndsOn: '2028-01-01' }])).toMatchObject([
      { sparkVersion: '4.0.2', supportEndsOn: '2028-01-01' },
    ]);
  });

  it.each(['Zeppelin', 'Hive', 'JupyterHub', 'Hadoop'])('has no %s on spark-8.0.0', (application) => {
    expect(hasApplication('spark-8.0.0', application)).toBe(false);
    expect(hasApplication('7.13.0', application)).toBe(true);
  });

  it.each([
    ['6.15.0', /too old.*Amazon Linux 2023.*from 7\.0\.0 on.*newer/],
    ['5.36.2', /too old/],
    ['8.0.0', /does not support/],
    ['07.0.0', /does not support/],
    ['spark-7.0.0', /does not support/],
    ['emr-7.13.0', /for example 7\.13\.0 or spark-8\.0\.0/],
    ['7.13', /for example/],
    ['', /for example/],
  ])('%j is refused with the remedy', (version, problem) => {
    expect(releaseProblem(version)).toMatch(problem);
    expect(releaseFamily(version)).toBeNull();
    expect(releaseFacts(version)).toBeNull();
    expect(hasApplication(version, 'Spark')).toBe(false);
  });

  it.each(['7.0.0', '7.13.0', 'spark-8.0.0'])('%s may be used', (version) => {
    expect(releaseProblem(version)).toBeNull();
  });
});
