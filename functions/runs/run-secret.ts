import { createHash, timingSafeEqual } from 'node:crypto';

import { AwsFailed, NotFound, NotSignedIn } from '../../shared/domain/errors.ts';
import { isFinalRun, type Run } from '../../shared/domain/run.ts';
import { withLatestRun } from '../../shared/domain/spark-job.ts';
import type { CallerProofs } from '../ports/caller-proofs.ts';
import type { Credentials, RunCredentials } from '../ports/run-credentials.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';

/** The job's identifier, only to find the hash by, and 256 random bits. */
const RUN_SECRET = /^([a-z0-9-]{1,100})\.[\w-]{43}$/;

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

interface IssueRunSecretDependencies {
  readonly jobs: SparkJobRepository;
  readonly clock: Clock;
  readonly newSecret: () => string;
}

/**
 * Makes the secret of a run that is about to be launched, and keeps its hash alone. Each launch has its own: that of an earlier one
 * is void.
 * @throws NotFound, StaleWrite, AwsThrottled, AwsFailed
 */
export const issueRunSecret =
  ({ jobs, clock, newSecret }: IssueRunSecretDependencies) =>
  async ({ id, jobIdentifier, workload }: Run): Promise<string> => {
    const secret = `${jobIdentifier}.${newSecret()}`;
    const secretHash = hashOf(secret).toString('base64url');
    await jobs.change(jobIdentifier, (job) =>
      withLatestRun(
        job,
        id,
        // Another launch may have been claimed since: then this one gets no credentials.
        (run) => (run.workload.runToken === workload.runToken ? { ...run, secretHash } : run),
        clock.now(),
      ),
    );
    return secret;
  };

const isSecretOf = ({ secretHash }: Run, secret: string): boolean => {
  const expected = Buffer.from(secretHash ?? '', 'base64url');
  const given = hashOf(secret);
  return expected.length === given.length && timingSafeEqual(expected, given);
};

const refused = (): NotSignedIn => new NotSignedIn('This is not the secret of a run that is still going.');

/** Somebody has the secret and is not the run: worth a look, unlike a wrong guess. */
const unproven = (runId: string): NotSignedIn => {
  logger.error('A run secret was used without a proof of its cluster', { runId });
  return new NotSignedIn('The caller did not prove to be an instance of this run’s cluster.');
};

interface IssueRunCredentialsDependencies {
  readonly jobs: SparkJobRepository;
  readonly credentials: RunCredentials;
  readonly callerProofs: CallerProofs;
}

const requireProof = async (proofs: CallerProofs, { id, workload }: Run, proof: string | undefined): Promise<void> => {
  if (proof === undefined && !proofs.areRequired) return;
  if (proof === undefined) throw unproven(id);
  // EMR's answer to the launch was lost; an event or the sweep brings the id.
  if (workload.emrId === null) throw new AwsFailed('The cluster of this run is not known yet. Try again in a minute.');
  if ((await proofs.clusterOf(proof, id)) !== workload.emrId) throw unproven(id);
};

interface RunCredentialsRequest {
  readonly runSecret: string;
  readonly callerProof?: string | undefined;
}

/**
 * Credentials for the step of a run, by its secret, and by a proof that its caller is an instance of the run's own cluster: who only reads
 * the secret, in a log or from EMR, gets none.
 * @throws NotSignedIn for anything but the secret of a run that is not final, and for the wrong proof; AwsThrottled, AwsFailed
 */
export const issueRunCredentials =
  ({ jobs, credentials, callerProofs }: IssueRunCredentialsDependencies) =>
  async ({ runSecret, callerProof }: RunCredentialsRequest): Promise<Credentials> => {
    const [, identifier] = RUN_SECRET.exec(runSecret) ?? [];
    if (identifier === undefined) throw refused();
    const { latestRun: run } = await jobs.get(identifier).catch((error: unknown) => {
      throw error instanceof NotFound ? refused() : error;
    });
    if (run === null || isFinalRun(run) || !isSecretOf(run, runSecret)) throw refused();
    await requireProof(callerProofs, run, callerProof);
    const issued = await credentials.issue(run);
    logger.info('Issued credentials for a run', { job: identifier, runId: run.id, expiration: issued.expiration });
    return issued;
  };
