import type { PeriodicTask } from '../../shared/contract/upkeep.ts';
import { RUN_ENGINES } from '../../shared/domain/engine.ts';
import type { BudgetCommitments } from '../access/budget-commitments.ts';
import type { OwnActs } from '../access/own-acts.ts';
import type { ClusterLifecycle } from '../clusters/cluster-lifecycle.ts';
import { markExpired } from '../jobs/mark-expired.ts';
import { withdrawResults } from '../jobs/withdraw-results.ts';
import type { MailDeliveries } from '../mail/mail-deliveries.ts';
import type { BudgetAccounts } from '../ports/budget-accounts.ts';
import type { BudgetNotices } from '../ports/budget-notices.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { EmrReleaseRepository } from '../ports/emr-release-repository.ts';
import type { Engines } from '../ports/emr-engine.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import type { HomeDirectories } from '../ports/home-directories.ts';
import type { JobIdentifiers } from '../ports/job-identifiers.ts';
import type { JobSchedules } from '../ports/job-schedules.ts';
import type { MailRecords } from '../ports/mail-records.ts';
import type { Outboxes } from '../ports/outboxes.ts';
import type { PersonRepository } from '../ports/person-repository.ts';
import type { ReservationRepository } from '../ports/reservation-repository.ts';
import type { ResultFiles } from '../ports/result-files.ts';
import type { SessionRepository } from '../ports/session-repository.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { SshKeyRepository } from '../ports/ssh-key-repository.ts';
import type { UsageRepository } from '../ports/usage-repository.ts';
import type { UsageSums } from '../ports/usage-sums.ts';
import type { UserDirectory } from '../ports/user-directory.ts';
import type { WorkflowExecutions } from '../ports/workflow-executions.ts';
import { recordMissedOccurrence } from '../run-workflow/record-missed-occurrence.ts';
import type { RunLaunches, RunLifecycle } from '../runs/run-lifecycle.ts';
import type { Clock } from '../runtime/clock.ts';
import { inTurn, type Task } from '../runtime/sweep.ts';
import type { SessionLifecycle } from '../sessions/session-lifecycle.ts';
import { announceSupportEnds } from './announce-support-ends.ts';
import { catchUpDueJobs } from './catch-up-due-jobs.ts';
import { catchUpOccurrences } from './catch-up-occurrences.ts';
import { compareSchedules } from './compare-schedules.ts';
import { endOverdueRuns } from './end-overdue-runs.ts';
import { expireJobs } from './expire-jobs.ts';
import { expiryTasks } from './expiry-tasks.ts';
import { findOrphans } from './find-orphans.ts';
import { handleDueJobs } from './handle-due-jobs.ts';
import { launchWaitingClusters } from './launch-waiting-clusters.ts';
import { putPendingSchedules } from './put-pending-schedules.ts';
import { removeGrantsToPeopleWhoLeft } from './remove-grants-to-people-who-left.ts';
import { sendOutboxes } from './send-outboxes.ts';
import { settleBudgets } from './settle-budgets.ts';
import { settleLeavers } from './settle-leavers.ts';
import { settleReservations } from './settle-reservations.ts';
import { sumUpUsage } from './sum-up-usage.ts';
import { syncWithEmr } from './sync-with-emr.ts';
import { unmountUnusedHomes } from './unmount-unused-homes.ts';
import { watchSpending } from './watch-spending.ts';
import { withdrawPublicCopies } from './withdraw-public-copies.ts';

interface PeriodicTasksDependencies {
  readonly clusters: ClusterRepository;
  readonly sessions: SessionRepository;
  readonly jobs: SparkJobRepository;
  readonly history: RunRepository;
  readonly people: PersonRepository;
  readonly sshKeys: SshKeyRepository;
  readonly releases: EmrReleaseRepository;
  readonly grants: GrantRepository;
  readonly identifiers: JobIdentifiers;
  readonly reservations: ReservationRepository;
  readonly accounts: BudgetAccounts;
  readonly notices: BudgetNotices;
  readonly mails: MailRecords;
  readonly outboxes: Outboxes;
  readonly deliveries: MailDeliveries;
  readonly resultFiles: ResultFiles;
  readonly schedules: JobSchedules;
  readonly executions: WorkflowExecutions;
  readonly directory: UserDirectory;
  readonly homes: HomeDirectories;
  readonly engines: Engines;
  readonly budgets: BudgetCommitments;
  readonly ofClusters: ClusterLifecycle;
  readonly ofSessions: SessionLifecycle;
  readonly ofRuns: RunLifecycle;
  readonly runSource: RunLaunches['source'];
  /** Writes the usage of what is open or ended since. */
  readonly addUpUsage: Task;
  readonly usage: UsageRepository;
  readonly sums: UsageSums;
  /** Dollars an hour; empty: no limit. */
  readonly hourlyCostLimit: string;
  /** Empty: nobody leaves by staying away. */
  readonly inactiveDays: string;
  readonly acts: OwnActs;
  readonly clock: Clock;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** All that the portal does by the clock, by the names that the schedules use. */
export const periodicTasks = (deps: PeriodicTasksDependencies): Readonly<Record<PeriodicTask, Task>> => {
  const { sessions, jobs, deliveries, identifiers, schedules, engines, ofClusters, ofSessions, runSource } = deps;
  const { acts, clock } = deps;
  const deliverMails = deliveries.ofJob;
  const sources = [ofClusters.source, ofSessions.source, runSource];
  const expiry = expiryTasks(deps);
  const ofRuns = { ...deps, deliverMails };
  const catchUp = catchUpOccurrences({ ...ofRuns, recordMissedOccurrence: recordMissedOccurrence(ofRuns) });
  return {
    terminateExpiredClusters: inTurn({
      terminateExpiredClusters: expiry.terminateClusters,
      terminateExpiredSessions: expiry.terminateSessions,
      launchWaitingSessions: launchWaitingClusters({ ...deps, source: ofSessions.source }),
      launchWaitingClusters: launchWaitingClusters({ ...deps, source: ofClusters.source }),
    }),
    expireJobs: handleDueJobs({
      jobs,
      expireJobs: expireJobs({ schedules, markExpired: markExpired(ofRuns), acts, clock }),
      putPendingSchedules: putPendingSchedules(deps),
      clock,
    }),
    sendMails: sendOutboxes(deps),
    watchSpending: watchSpending(deps),
    withdrawPublicCopies: withdrawPublicCopies({ identifiers, results: withdrawResults(deps) }),
    addUpUsage: deps.addUpUsage,
    announceExpiries: inTurn({ ofClusters: expiry.announceClusters, ofSessions: expiry.announceSessions }),
    syncWithEmr: syncWithEmr({ sources, engines, asked: RUN_ENGINES, clock }),
    // They send no events.
    syncSessions: syncWithEmr({ sources: [ofSessions.source], engines, asked: ['connect'], clock }),
    findOrphans: inTurn({
      findOrphans: findOrphans({ sources, engines, acts, clock }),
      settleReservations: settleReservations(deps),
      settleBudgets: settleBudgets(deps),
      endOverdueRuns: endOverdueRuns({ jobs, timeOutRun: deps.ofRuns.timeOutRun, clock }),
      catchUpDueJobs: catchUpDueJobs({ jobs, catchUpOccurrences: catchUp, clock }),
    }),
    settleLeavers: settleLeavers({
      ...deps,
      sessions,
      lifecycle: ofClusters,
      sessionLifecycle: ofSessions,
      deliverMails: deliveries.ofPerson,
    }),
    compareSchedules: compareSchedules(deps),
    sumUpUsage: sumUpUsage(deps),
    unmountUnusedHomes: unmountUnusedHomes(deps),
    announceSupportEnds: announceSupportEnds({ ...deps, deliverMails }),
    removeGrants: removeGrantsToPeopleWhoLeft(deps),
  };
};
