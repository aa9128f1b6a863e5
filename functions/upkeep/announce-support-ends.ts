import { endingReleases, withSupportMail } from '../../shared/domain/release-support.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { EmrReleases } from '../ports/emr-release-repository.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { sweep, type Task } from '../runtime/sweep.ts';
import { everyJob } from './every-job.ts';

interface AnnounceSupportEndsDependencies {
  readonly jobs: Pick<SparkJobRepository, 'list' | 'change'>;
  readonly releases: EmrReleases;
  /** Sends the mails in the job's outbox; what fails stays there. */
  readonly deliverMails: (job: SparkJob) => Promise<unknown>;
  readonly clock: Clock;
}

/** Mails the owners of enabled jobs whose release AWS soon no longer supports, once for each job, owner and release. @throws SweepFailed */
export const announceSupportEnds =
  ({ jobs, releases, deliverMails, clock }: AnnounceSupportEndsDependencies): Task =>
  async () => {
    const all = await everyJob(jobs);
    // A stage without jobs may not have its first set of releases yet, which this function may not write.
    if (all.length === 0) return 0;
    const ending = endingReleases(await releases.all(), clock.now());
    return sweep({
      what: 'announce that the support of a release ends',
      items: all.filter((job) => withSupportMail(job, ending, clock.now()) !== job),
      evidence: ({ identifier, emrRelease }) => ({ job: identifier, emrRelease }),
      act: async ({ identifier }) => {
        const announced = await jobs.change(identifier, (current) => withSupportMail(current, ending, clock.now()));
        if (announced.outbox.length > 0) await deliverMails(announced);
      },
    });
  };
