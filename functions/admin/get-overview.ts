import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { AuditAction } from '../../shared/domain/audit.ts';
import { roundedDollars } from '../../shared/domain/cost.ts';
import { plusHours } from '../../shared/domain/instant.ts';
import { LAUNCHES_ALLOWED } from '../../shared/domain/launches.ts';
import { isUnlaunched, type CountedWorkload } from '../../shared/domain/workload.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { Documents } from '../ports/documents.ts';
import type { MailRecords } from '../ports/mail-records.ts';
import type { SessionRepository } from '../ports/session-repository.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import type { listUpkeep } from './list-upkeep.ts';

interface OverviewDependencies {
  readonly clusters: Pick<ClusterRepository, 'activeWorkloads'>;
  readonly sessions: Pick<SessionRepository, 'activeWorkloads'>;
  readonly jobs: Pick<SparkJobRepository, 'activeWorkloads'>;
  readonly documents: Pick<Documents, 'newest'>;
  readonly audit: Pick<AuditTrail, 'list'>;
  readonly mails: Pick<MailRecords, 'list'>;
  readonly upkeep: ReturnType<typeof listUpkeep>;
  readonly clock: Clock;
}

/** What is active is in sparse indexes: at most what EMR allows an account, however much there was before. */
export const getOverview =
  ({ clusters, sessions, jobs, documents, audit, mails, upkeep, clock }: OverviewDependencies) =>
  async (): Promise<RouteOutput<Routes['getOverview']>> => {
    const now = clock.now();
    const onRecord = async (action: AuditAction): Promise<number> => {
      const filter = { actor: null, action, object: null, from: plusHours(now, -24), to: now };
      return (await audit.list(filter, { limit: 100 })).items.length;
    };
    const [active, connected, running, launches, tasks, failed, orphans, ...withdrawn] = await Promise.all([
      clusters.activeWorkloads(),
      sessions.activeWorkloads(),
      jobs.activeWorkloads(),
      documents.newest('launches'),
      upkeep(),
      mails.list('failed', { limit: 100 }),
      onRecord('orphan.terminate'),
      ...(['cluster', 'session', 'run'] as const).map((kind) => onRecord(`${kind}.withdraw-launch`)),
    ]);
    const workloads: readonly CountedWorkload[] = [...active, ...connected, ...running];
    const { isPaused, reason } = launches?.content ?? LAUNCHES_ALLOWED;
    return {
      clusters: active.length,
      sessions: connected.length,
      runs: running.length,
      hourlyCost: roundedDollars(
        workloads.reduce((sum, { startedAt, rate }) => sum + (startedAt === null ? 0 : rate.hourly), 0),
      ),
      launchesWaiting: workloads.filter(isUnlaunched).length,
      orphans,
      failedMails: failed.items.filter(({ failedAt }) => failedAt !== null && failedAt > plusHours(now, -24)).length,
      throttled: withdrawn.reduce((sum, count) => sum + count, 0),
      launches: { isPaused, reason },
      overdueTasks: tasks.items.filter(({ isOverdue }) => isOverdue).length,
    };
  };
