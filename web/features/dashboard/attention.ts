import type { ClusterView } from '../../../shared/contract/cluster.ts';
import type { SessionView } from '../../../shared/contract/routes/sessions.ts';
import type { ListedSparkJobView } from '../../../shared/contract/spark-job.ts';
import { PAGES } from '../../../shared/contract/pages.ts';
import { isExpiringSoon } from '../../../shared/domain/expiring.ts';
import { toInstant } from '../../../shared/domain/instant.ts';
import { failureOf } from './job-order.ts';

/** A cluster or a session as far as attention goes. */
interface Lease {
  readonly name: string;
  readonly to: string;
  readonly isActive: boolean;
  readonly isFailed: boolean;
  readonly termination: object | null;
  readonly expiresAt: string;
  readonly finishedAt: string | null;
  readonly statusReason: { readonly message: string } | null;
  /** What its end takes with it. */
  readonly loss: string;
  readonly canBeExtended: Extendable;
}

/** What the person can extend in place. */
export type Extendable =
  | { readonly kind: 'cluster'; readonly cluster: ClusterView }
  | { readonly kind: 'session'; readonly session: SessionView };

export const clusterInAttention = (cluster: ClusterView): Lease => ({
  ...cluster,
  name: cluster.identifier,
  to: PAGES.cluster(cluster.id),
  loss: 'Files that are only on it will be lost.',
  canBeExtended: { kind: 'cluster', cluster },
});

export const sessionInAttention = (session: SessionView): Lease => ({
  ...session,
  to: PAGES.session(session.id),
  loss: 'What is only in its memory will be lost.',
  canBeExtended: { kind: 'session', session },
});

type JobFacts = Pick<
  ListedSparkJobView,
  'identifier' | 'latestRun' | 'latestMissed' | 'isEnabled' | 'expiredAt' | 'isRunnable' | 'nextRuns'
>;

/** Something that waits for the person, with where it is explained. */
export interface Attention {
  readonly name: string;
  readonly to: string;
  readonly state: readonly [type: 'error' | 'warning', text: string];
  readonly text: string;
  /** When it happened, or will. */
  readonly at: string | null;
  /** Where its lifetime can be extended. */
  readonly expiring?: Extendable;
}

/** Milliseconds. A launch waits for its turn for minutes, never for so long. */
const LATE = 15 * 60_000;

/** Milliseconds for which a failed cluster or session stays here; unlike a job it has no next run that could mend it. */
const RECENT = 24 * 3_600_000;

const OUTCOMES = { failed: 'Failed', timedOut: 'Timed out', missed: 'Missed' } as const;

const NOT_STARTED = 'The run did not start.';

const attentionOfJob = (job: JobFacts, now: number): Attention | null => {
  const { identifier, latestRun, latestMissed, isEnabled, expiredAt, isRunnable, nextRuns } = job;
  const name = identifier;
  // Also while the run goes on that it would have had to wait for.
  if (latestMissed !== null)
    return {
      name,
      to: PAGES.run(identifier, latestMissed.id),
      state: ['warning', OUTCOMES.missed],
      text: NOT_STARTED,
      at: latestMissed.occurrence,
    };
  const outcome = failureOf(latestRun);
  if (latestRun !== null && outcome !== null) {
    const to = PAGES.run(identifier, latestRun.id);
    const text = outcome === 'missed' ? NOT_STARTED : `Run ${latestRun.number}.`;
    return {
      name,
      to,
      state: [outcome === 'missed' ? 'warning' : 'error', OUTCOMES[outcome]],
      text,
      at: latestRun.finishedAt,
    };
  }
  const [next] = nextRuns;
  if (!isEnabled || expiredAt !== null || !isRunnable || next === undefined) return null;
  if (Date.parse(next) + LATE > now) return null;
  return {
    name,
    to: PAGES.sparkJob(identifier),
    state: ['warning', 'Late'],
    text: 'The run has not started yet.',
    at: next,
  };
};

const attentionOfLease = (lease: Lease, now: number): Attention | null => {
  const { name, to, isActive, isFailed, termination, expiresAt, finishedAt, statusReason, loss, canBeExtended } = lease;
  if (isActive && termination === null && isExpiringSoon({ expiresAt }, toInstant(now)))
    return { name, to, state: ['warning', 'Expires soon'], text: loss, at: expiresAt, expiring: canBeExtended };
  if (isFailed && finishedAt !== null && Date.parse(finishedAt) + RECENT > now)
    return {
      name,
      to,
      state: ['error', 'Failed'],
      text: statusReason?.message ?? 'EMR gave no reason.',
      at: finishedAt,
    };
  return null;
};

/** What can still be saved comes first, then what is broken, the newest first, then what did not happen. */
const rankOf = ({ expiring, state: [type] }: Attention): number =>
  expiring !== undefined ? 0 : type === 'error' ? 1 : 2;

/** What needs the person, most urgent first. */
export const attentionOf = (leases: readonly Lease[], jobs: readonly JobFacts[], now: number): readonly Attention[] =>
  [...leases.map((lease) => attentionOfLease(lease, now)), ...jobs.map((job) => attentionOfJob(job, now))]
    .filter((item) => item !== null)
    .toSorted((one, other) => rankOf(one) - rankOf(other) || (other.at ?? '').localeCompare(one.at ?? ''));
