import type { Instant } from './instant.ts';
import { releaseFacts, type EmrReleaseFacts } from './emr-release-facts.ts';

/** What admins keep of a release. */
export interface KeptEmrRelease {
  /** As `7.13.0` or `spark-8.0.0`; EMR's release label is `emr-` before it. */
  readonly version: string;
  readonly changelogUrl: string;
  readonly helpText: string;
  readonly isActive: boolean;
  readonly isExperimental: boolean;
  readonly isDeprecated: boolean;
  /** Absent until an admin has changed it. */
  readonly modifiedAt?: Instant;
}

export interface EmrRelease extends KeptEmrRelease, EmrReleaseFacts {}

export const releaseLabel = (version: string): string => `emr-${version}`;

/** With what each release has; without those that no family has, which cannot be launched. */
export const withFacts = (kept: readonly (KeptEmrRelease & Partial<EmrReleaseFacts>)[]): readonly EmrRelease[] =>
  kept.flatMap((release) => {
    const facts = releaseFacts(release.version);
    return facts === null ? [] : [{ ...facts, ...release }];
  });

const numbersOf = (version: string): string => version.replace(/^\D+/, '');

/** Natural order by the numbers, newest first: 7.10 before 7.9, spark-8.0 before both. */
export const newestFirst = (a: Pick<EmrRelease, 'version'>, b: Pick<EmrRelease, 'version'>): number =>
  numbersOf(b.version).localeCompare(numbersOf(a.version), 'en', { numeric: true }) ||
  a.version.localeCompare(b.version, 'en');

/** The newest that is active and neither experimental nor deprecated; null where there is none. */
export const defaultRelease = (releases: readonly EmrRelease[]): EmrRelease | null =>
  releases
    .filter(({ isActive, isExperimental, isDeprecated }) => isActive && !isExperimental && !isDeprecated)
    .toSorted(newestFirst)[0] ?? null;

const seed = (version: string, helpText: string, flags: Partial<KeptEmrRelease> = {}): KeptEmrRelease => ({
  version,
  changelogUrl: `https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-${version.replaceAll(/[-.]/g, '')}-release.html`,
  helpText,
  isActive: true,
  isExperimental: false,
  isDeprecated: false,
  ...flags,
});

/** The first set, written once when the table is still empty; admins keep it from then on. */
export const SEED_EMR_RELEASES: readonly KeptEmrRelease[] = [
  // Not the default of a stage whose people have Zeppelin notes and tables in Hive.
  seed('spark-8.0.0', 'Spark 4.0.2 with ANSI SQL, and Python 3.11; without Zeppelin and Hive.', {
    isExperimental: true,
  }),
  seed('7.13.0', 'Spark 3.5.6 and Python 3.11.'),
  seed('7.12.0', 'Spark 3.5.6 and Python 3.11.'),
  seed('7.10.0', 'Spark 3.5.5 and Python 3.11.'),
  seed('7.9.0', 'Spark 3.5.5 and Python 3.11.'),
  seed('7.5.0', 'Spark 3.5.2; its support by AWS ended in November 2026.', { isDeprecated: true }),
];
