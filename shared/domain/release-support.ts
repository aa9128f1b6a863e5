import { beginningOf } from './bounded-text.ts';
import type { EmrRelease } from './emr-release.ts';
import { plusHours, type Instant } from './instant.ts';
import { MAX_MAIL_TEXT_BYTES, withMail } from './mail.ts';
import type { SparkJob } from './spark-job.ts';

/** Days before the end of a release's support from which its jobs are listed, and their owners told. */
export const SUPPORT_NOTICE_DAYS = 90;

/** The last day of support, by version, of releases whose support ends soon or has ended. */
export type EndingReleases = ReadonlyMap<string, string>;

const dayOf = (instant: Instant): string => instant.slice(0, 10);

/** By UTC days: one whose last day is exactly {@link SUPPORT_NOTICE_DAYS} days away is among them. */
export const endingReleases = (
  releases: readonly Pick<EmrRelease, 'version' | 'supportEndsOn'>[],
  now: Instant,
): EndingReleases => {
  const horizon = dayOf(plusHours(now, SUPPORT_NOTICE_DAYS * 24));
  return new Map(
    releases.flatMap(({ version, supportEndsOn }) =>
      supportEndsOn !== null && supportEndsOn <= horizon ? [[version, supportEndsOn] as const] : [],
    ),
  );
};

/** Only a job that still runs by its schedule concerns anyone. */
export const isOnEndingRelease = (
  { isEnabled, expiredAt, emrRelease }: Pick<SparkJob, 'isEnabled' | 'expiredAt' | 'emrRelease'>,
  ending: EndingReleases,
): boolean => isEnabled && expiredAt === null && ending.has(emrRelease);

/** Adds the mail, and the mark that keeps it from being sent again to this owner about this release; else the same job. */
export const withSupportMail = (job: SparkJob, ending: EndingReleases, now: Instant): SparkJob => {
  const { emrRelease, ownerId, supportNotice } = job;
  const supportEndsOn = ending.get(emrRelease);
  if (supportEndsOn === undefined || !isOnEndingRelease(job, ending)) return job;
  if (supportNotice?.emrRelease === emrRelease && supportNotice.ownerId === ownerId) return job;
  return {
    ...job,
    supportNotice: { emrRelease, ownerId },
    outbox: withMail(job.outbox, {
      id: `release-support-ends-${emrRelease}-${ownerId}`,
      kind: 'release-support-ends',
      to: job.ownerEmail,
      since: now,
      values: {
        jobIdentifier: job.identifier,
        description: beginningOf(job.description, MAX_MAIL_TEXT_BYTES),
        emrRelease,
        supportEndsOn,
        hasEnded: supportEndsOn < dayOf(now),
      },
    }),
  };
};
