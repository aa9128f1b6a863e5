import type { Expiring } from '../../shared/domain/expiring.ts';
import {
  adminsAmong,
  departed,
  hasLeft,
  isWatched,
  leaversAmong,
  settledDeparture,
} from '../../shared/domain/leavers.ts';
import type { PersonRecord } from '../../shared/domain/person.ts';
import { disabled, type SparkJob } from '../../shared/domain/spark-job.ts';
import { PORTAL, terminationRequested } from '../../shared/domain/workload.ts';
import type { OwnActs } from '../access/own-acts.ts';
import type { ClusterLifecycle } from '../clusters/cluster-lifecycle.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { ExpiringRepository } from '../ports/expiring-repository.ts';
import type { PersonRepository } from '../ports/person-repository.ts';
import type { SessionRepository } from '../ports/session-repository.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { UserDirectory } from '../ports/user-directory.ts';
import type { Clock } from '../runtime/clock.ts';
import { inTurn, sweep, type Task } from '../runtime/sweep.ts';
import type { SessionLifecycle } from '../sessions/session-lifecycle.ts';
import type { Terminate } from '../workloads/terminate-in-emr.ts';
import type { WorkloadOwner } from '../workloads/workload-owner.ts';

interface SettleLeaversDependencies {
  readonly people: PersonRepository;
  readonly directory: UserDirectory;
  readonly clusters: Pick<ClusterRepository, 'active'>;
  readonly jobs: Pick<SparkJobRepository, 'list' | 'change'>;
  readonly lifecycle: Pick<ClusterLifecycle, 'owning' | 'terminateSoon'>;
  readonly sessions: Pick<SessionRepository, 'active'>;
  readonly sessionLifecycle: Pick<SessionLifecycle, 'owning' | 'terminateSoon'>;
  /** Sends the mails in the item's outbox; what fails is logged and stays there. */
  readonly deliverMails: (person: PersonRecord) => Promise<unknown>;
  /** Days without a sign-in after which somebody counts as gone; empty: nobody does. */
  readonly inactiveDays: string;
  readonly acts: OwnActs;
  readonly clock: Clock;
}

const evidence = ({ id, username }: PersonRecord) => ({ personId: id, username });

interface Ending<Holder> {
  readonly owning: (holder: Holder) => WorkloadOwner<Holder>;
  readonly terminateSoon: Terminate;
}

/** What people call it. */
const nameOf = (holder: Expiring & { readonly identifier?: string; readonly name?: string }) => {
  const { identifier, name } = holder;
  return { ...(identifier !== undefined && { identifier }), ...(name !== undefined && { name }) };
};

/** Everyone by id, as last written: the index that lists them is behind for moments. */
type Everyone = Map<string, PersonRecord>;

/**
 * Finds who was disabled or deleted at the identity provider, ends their clusters and sessions, pauses their jobs and tells the admins,
 * once. Nothing is deleted. The departure is written first, with what was active, so that a crash loses no part of it.
 * @throws SweepFailed; AwsThrottled, AwsFailed, ImplausibleUserList: nobody is treated as a leaver then
 */
export const settleLeavers = ({
  people,
  directory,
  lifecycle,
  sessionLifecycle,
  acts,
  clock,
  ...deps
}: SettleLeaversDependencies): Task => {
  const { clusters, sessions, jobs, deliverMails } = deps;
  const inactiveDays = deps.inactiveDays === '' ? null : Number(deps.inactiveDays);

  const enabledJobsOf = async (person: PersonRecord): Promise<SparkJob[]> => {
    const enabled: SparkJob[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await jobs.list(person.id, { limit: 100, cursor: cursor ?? undefined });
      enabled.push(...page.items.filter(({ isEnabled }) => isEnabled));
      ({ cursor } = page);
    } while (cursor !== null);
    return enabled;
  };

  const recordLeavers = async (everyone: Everyone): Promise<number> => {
    const leavers = leaversAmong([...everyone.values()], await directory.users(), { now: clock.now(), inactiveDays });
    const active = leavers.length === 0 ? [] : await clusters.active();
    const connected = leavers.length === 0 ? [] : await sessions.active();
    return sweep({
      what: 'record that a person has left',
      items: leavers,
      evidence: ({ person }) => evidence(person),
      async act({ person, reason }) {
        // A list may lack somebody; this asks for them alone.
        if (reason === 'deleted' && (await directory.find(person.id)) !== null) return;
        const departure = {
          reason,
          at: clock.now(),
          clusters: active.filter(({ ownerId }) => ownerId === person.id).map(({ identifier }) => identifier),
          sessions: connected.filter(({ ownerId }) => ownerId === person.id).map(({ name }) => name),
          jobs: (await enabledJobsOf(person)).map(({ identifier }) => identifier),
        };
        const object = { kind: 'person', id: person.id } as const;
        await acts.record({ action: 'person.leave', object, detail: { username: person.username, reason } });
        const changed = await people.change(person.id, (current) => departed(current, person, departure));
        everyone.set(person.id, changed);
      },
    });
  };

  const end = async <Holder extends Expiring>(
    kind: 'cluster' | 'session',
    held: Pick<ExpiringRepository<Holder, string>, 'active'>,
    { owning, terminateSoon }: Ending<Holder>,
    everyone: Everyone,
  ): Promise<number> => {
    const isOfLeaver = ({ ownerId }: Holder): boolean => {
      const owner = everyone.get(ownerId);
      return owner !== undefined && hasLeft(owner);
    };
    return sweep({
      what: `end a ${kind} of a leaver`,
      items: (await held.active()).filter((holder) => isOfLeaver(holder) && holder.workload.termination === null),
      evidence: ({ id, ownerId }) => ({ [`${kind}Id`]: id, ownerId }),
      async act(holder) {
        const { id, owner } = holder;
        const detail = { ...nameOf(holder), owner, reason: 'ownerLeft' };
        await acts.recordEnd({ action: `${kind}.terminate`, object: { kind, id }, detail });
        const request = { by: PORTAL, reason: 'ownerLeft', at: clock.now() } as const;
        const recorded = await owning(holder).change((workload, current) =>
          isOfLeaver(current) ? terminationRequested(workload, request) : workload,
        );
        // What EMR does not take now, the upkeep repeats from the record.
        await terminateSoon(recorded);
      },
    });
  };

  const pauseJobs = async (person: PersonRecord): Promise<void> => {
    for (const { identifier, owner } of await enabledJobsOf(person)) {
      const object = { kind: 'spark-job', id: identifier } as const;
      await acts.recordEnd({ action: 'spark-job.disable', object, detail: { owner, reason: 'ownerLeft' } });
      await jobs.change(identifier, (job) => (job.ownerId === person.id ? disabled(job, clock.now()) : job));
    }
  };

  const settle = async (everyone: Everyone): Promise<number> => {
    const known = [...everyone.values()];
    const admins = adminsAmong(known);
    return sweep({
      what: 'settle what a leaver left',
      items: known.filter((person) => isWatched(person, clock.now())),
      evidence,
      async act(person) {
        await pauseJobs(person);
        const settled = await people.change(person.id, (current) => settledDeparture(current, admins, clock.now()));
        await deliverMails(settled);
      },
    });
  };

  return async () => {
    const everyone: Everyone = new Map((await people.all()).map((person) => [person.id, person]));
    return inTurn({
      recordLeavers: () => recordLeavers(everyone),
      endClusters: () => end('cluster', clusters, lifecycle, everyone),
      endSessions: () => end('session', sessions, sessionLifecycle, everyone),
      settle: () => settle(everyone),
    })();
  };
};
