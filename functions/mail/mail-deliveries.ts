import type { Cluster } from '../../shared/domain/cluster.ts';
import type { MailRecord } from '../../shared/domain/mail-record.ts';
import type { PersonRecord } from '../../shared/domain/person.ts';
import type { Session } from '../../shared/domain/session.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { BudgetNotices } from '../ports/budget-notices.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { MailRecords } from '../ports/mail-records.ts';
import type { PersonRepository } from '../ports/person-repository.ts';
import type { SessionRepository } from '../ports/session-repository.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import { deliverBudgetNotice } from './deliver-budget-notice.ts';
import type { DeliverOutbox } from './deliver-outbox.ts';
import { recordsOf } from './mail-record-id.ts';

interface MailDeliveriesDependencies {
  readonly deliver: DeliverOutbox;
  readonly clusters: Pick<ClusterRepository, 'change'>;
  readonly sessions: Pick<SessionRepository, 'change'>;
  readonly jobs: Pick<SparkJobRepository, 'change'>;
  readonly people: Pick<PersonRepository, 'change' | 'all'>;
  readonly notices: Pick<BudgetNotices, 'change'>;
  readonly mails: Pick<MailRecords, 'change'>;
}

/** Sends the mails in the outbox of each kind of item; what fails is logged and stays there. */
export const mailDeliveries = (deps: MailDeliveriesDependencies) => {
  const { deliver, clusters, sessions, jobs, people, mails } = deps;
  return {
    ofCluster: (cluster: Cluster) =>
      deliver(cluster, (change) => clusters.change(cluster.id, change), recordsOf(cluster.id)),
    ofSession: (session: Session) =>
      deliver(session, (change) => sessions.change(session.id, change), recordsOf(session.id)),
    ofJob: (job: SparkJob) => deliver(job, (change) => jobs.change(job.identifier, change), recordsOf(job.id)),
    ofPerson: (person: PersonRecord) =>
      deliver(person, (change) => people.change(person.id, change), recordsOf(person.id)),
    ofNotice: deliverBudgetNotice(deps),
    /** What an admin asked to send again. */
    ofRecord: (record: MailRecord) =>
      deliver(
        record,
        (change) => mails.change(record.id, change),
        () => record.id,
      ),
  };
};

export type MailDeliveries = ReturnType<typeof mailDeliveries>;
