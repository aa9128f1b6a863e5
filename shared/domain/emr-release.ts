export interface EmrRelease {
  /** As `7.10.0`; EMR's release label is `emr-` before it. */
  readonly version: string;
  readonly changelogUrl: string;
  readonly helpText: string;
  readonly isActive: boolean;
  readonly isExperimental: boolean;
  readonly isDeprecated: boolean;
}

export const releaseLabel = (version: string): string => `emr-${version}`;

/** Natural order, newest first: 7.10 before 7.9. */
export const newestFirst = (a: Pick<EmrRelease, 'version'>, b: Pick<EmrRelease, 'version'>): number =>
  b.version.localeCompare(a.version, 'en', { numeric: true });

/** The newest that is active and neither experimental nor deprecated; null where there is none. */
export const defaultRelease = (releases: readonly EmrRelease[]): EmrRelease | null =>
  releases
    .filter(({ isActive, isExperimental, isDeprecated }) => isActive && !isExperimental && !isDeprecated)
    .toSorted(newestFirst)[0] ?? null;

const seed = (version: string, helpText: string, flags: Partial<EmrRelease> = {}): EmrRelease => ({
  version,
  changelogUrl: `https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-${version.replaceAll('.', '')}-release.html`,
  helpText,
  isActive: true,
  isExperimental: false,
  isDeprecated: false,
  ...flags,
});

/** The first set, written once when the table is still empty; admins keep it from then on. */
export const SEED_EMR_RELEASES: readonly EmrRelease[] = [
  seed('7.10.0', 'Spark 3.5.5 on Amazon Linux 2023.'),
  seed('7.9.0', 'Spark 3.5.5 on Amazon Linux 2023.'),
  seed('7.5.0', 'Spark 3.5.2 on Amazon Linux 2023.'),
  seed('6.15.0', 'Spark 3.4.1 on Amazon Linux 2; move to a 7.x release.', { isDeprecated: true }),
];
