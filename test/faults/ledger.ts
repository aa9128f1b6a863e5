import { recordsOf } from '../../functions/mail/mail-record-id.ts';
import type { MailSender } from '../../functions/ports/mail-sender.ts';
import type { HasOutbox } from '../../functions/mail/deliver-outbox.ts';
import { isFinalRun, type Run } from '../../shared/domain/run.ts';
import { isEnded, type Workload } from '../../shared/domain/workload.ts';
import { callers, type Caller } from './callers.ts';
import { noLaunches } from './launch-counts.ts';
import type { Written } from './tables.ts';

interface Sending {
  readonly caller: Caller | null;
  /** The caller's faults before it. */
  readonly faults: number;
}

interface WantedMail {
  readonly what: string;
  readonly itemId: string;
}

/** A launch of a run in EMR. */
interface LaunchedRun {
  readonly run: Run;
  readonly emrIds: Set<string>;
}

/** Notes what must hold later, and at once what must never happen. */
export const openLedger = () => {
  const violations: string[] = [];
  const violated = (what: string): void => {
    violations.push(`${new Date().toISOString()} ${what}`);
  };
  const wanted = new Map<string, WantedMail>();
  const sent = new Map<string, Sending[]>();
  /** By job and occurrence. */
  const launches = new Map<string, LaunchedRun>();
  const launchesByEngine = noLaunches();
  const runsByEmrId = new Map<string, Run>();

  const mailSender: MailSender = {
    sends: true,
    async send(_mail, recordId) {
      const caller = callers.getStore() ?? null;
      sent.set(recordId, [...(sent.get(recordId) ?? []), { caller, faults: caller?.faults ?? 0 }]);
    },
  };

  const keepsMails = (id: string, after: HasOutbox | undefined, before: HasOutbox | undefined): void => {
    if (after === undefined) {
      for (const [recordId, { itemId }] of wanted) if (itemId === id) wanted.delete(recordId);
      return;
    }
    const known = new Set(before?.outbox.map((mail) => mail.id));
    for (const mail of after.outbox) {
      if (!known.has(mail.id)) wanted.set(recordsOf(id)(mail.id), { what: `${mail.kind} ${mail.id}`, itemId: id });
    }
  };

  const staysFinal = (what: string, after: Workload | undefined, before: Workload | undefined): void => {
    if (before === undefined || after === undefined || before.runToken !== after.runToken) return;
    if (isEnded(before) && before.status !== after.status)
      violated(`${what} went from ${before.status} to ${after.status}`);
  };

  const runStaysFinal = (after: Run | null | undefined, before: Run | null | undefined): void => {
    if (!after || !before || after.id !== before.id) return;
    staysFinal(`The run ${after.id} of ${after.jobIdentifier}`, after.workload, before.workload);
    if (isFinalRun(before) && before.outcome !== after.outcome)
      violated(`The run ${after.id} of ${after.jobIdentifier} was ${before.outcome} and is ${after.outcome}`);
  };

  const written: Written = {
    cluster: (after, before) => {
      keepsMails((after ?? before)?.id ?? '', after, before);
      staysFinal(`The cluster ${after?.identifier}`, after?.workload, before?.workload);
    },
    session: (after, before) => {
      keepsMails((after ?? before)?.id ?? '', after, before);
      staysFinal(`The session ${after?.name}`, after?.workload, before?.workload);
    },
    job: (after, before) => {
      keepsMails((after ?? before)?.id ?? '', after, before);
      runStaysFinal(after?.latestRun, before?.latestRun);
    },
    run: (after, before) => runStaysFinal(after, before),
  };

  return {
    violations,
    violated,
    wanted,
    sent,
    launches,
    launchesByEngine,
    runsByEmrId,
    mailSender,
    written,
    /** EMR has taken a run. */
    launched(run: Run, emrId: string): void {
      const key = `${run.jobId} ${run.trigger === 'manual' ? 'manual ' : ''}${run.occurrence}`;
      const { emrIds } = launches.get(key) ?? { emrIds: new Set<string>() };
      if (emrIds.size > 0 && !emrIds.has(emrId)) launchesByEngine[run.workload.engine].doubleRuns += 1;
      emrIds.add(emrId);
      launches.set(key, { run, emrIds });
      runsByEmrId.set(emrId, run);
      if (emrIds.size > 1) violated(`${run.jobIdentifier} ${run.occurrence} runs as ${[...emrIds].join(' and ')}`);
    },
  };
};

export type Ledger = ReturnType<typeof openLedger>;
