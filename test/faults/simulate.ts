import FakeTimers from '@sinonjs/fake-timers';
import { useAdapters } from './adapter-table.ts';
import { peoplesActs } from './acts.ts';
import { simulatedEmr } from './emr.ts';
import { emrEvents } from './emr-events.ts';
import { newestStage, type EmrWorkload } from './emr-workload.ts';
import { faultLayer } from './fault-layer.ts';
import { faultPlan } from './fault-plan.ts';
import { finalChecks } from './final-checks.ts';
import { functionService, type Handler, type FunctionName } from './functions.ts';
import { jobScheduler } from './job-scheduler.ts';
import { leftoverChecks } from './leftover-checks.ts';
import { openLedger } from './ledger.ts';
import { holdToQuota, limitsOf, switchedLaunches, watchedAccounts } from './limits.ts';
import { adapterTable, quietPorts } from './ports.ts';
import { portalApi } from './portal-api.ts';
import { seededRandom } from './random.ts';
import { useSurroundings } from './stand-ins.ts';
import { tables, type Tables } from './tables.ts';
import type { Trace } from './trace.ts';
import { startUpkeep } from './upkeep-clock.ts';
import { workflowService } from './workflow.ts';

const BEGIN = Date.parse('2026-11-23T05:00:00.000Z');
const HOUR = 3_600_000;

export interface Deployment {
  readonly boots: Readonly<Record<FunctionName, () => Handler>>;
  /** The synthesised state machine. */
  readonly definition: unknown;
  /** A notebook as people upload it. */
  readonly notebook: string;
}

export interface SimulationResult {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

/** All that follows from what just happened without time passing: nothing in the simulation waits for more than promises. */
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Simulates some days of the portal with the faults of a seed, and then calm days; tells what did not hold. */
export const simulate = async (seed: number, { boots, definition, notebook }: Deployment, trace: Trace) => {
  const random = seededRandom(seed);
  const chaosEnds = BEGIN + random.between(12, 30) * HOUR;
  const end = chaosEnds + 14 * HOUR;
  const time = FakeTimers.install({
    now: BEGIN,
    toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
  });
  const mathRandom = Math.random;
  Math.random = random.next;
  try {
    const plan = faultPlan(random, { from: BEGIN + HOUR, until: chaosEnds });
    useSurroundings({ random, trace });
    const ledger = openLedger();
    const limits = limitsOf(random);
    const { violated, written } = ledger;
    const stored: Tables = tables(random, plan, {
      ...written,
      cluster: (after, before) => {
        written.cluster(after, before);
        holdToQuota(stored.items.clusters.values(), 'clusters', violated);
      },
      session: (after, before) => {
        written.session(after, before);
        holdToQuota(stored.items.sessions.values(), 'sessions', violated);
      },
    });
    const quiet = quietPorts(limits.documents);
    const invoke = functionService({ boots, random, plan, trace });
    const ignore = (): void => {};
    const upkeep = (event: unknown): void => void invoke('upkeep', event).catch(ignore);
    const publish = emrEvents(plan, upkeep);
    const writeOutcome = (workload: EmrWorkload): void => {
      const { state, reason } = newestStage(workload);
      const run = ledger.runsByEmrId.get(workload.emrId);
      if (run === undefined || workload.isEnding) return;
      if (state === 'SUCCESS' || reason?.code === 'ALL_STEPS_COMPLETED')
        quiet.files.outcomes.set(run.id, { status: 'succeeded', failure: null, reason: null });
      else if (reason?.code === 'STEP_FAILURE')
        quiet.files.outcomes.set(run.id, { status: 'failed', failure: null, reason: 'It failed in the simulation' });
    };
    const emr = simulatedEmr({
      random,
      plan,
      trace,
      changed: (workload) => {
        writeOutcome(workload);
        publish(workload);
      },
    });
    const workflow = workflowService(definition, invoke);
    const scheduler = jobScheduler({
      plan,
      trace,
      end,
      start: workflow.start,
      isCurrent: (identifier) => stored.items.jobs.get(identifier)?.schedulePendingSince === null,
    });
    useAdapters(
      adapterTable(quiet, {
        faulty: faultLayer(plan, trace),
        tables: stored,
        emr,
        scheduler,
        executions: workflow.port,
        ledger,
        accounts: watchedAccounts(quiet.accounts, limits.budgets, violated),
      }),
    );
    const upload = (personId: string, uploadId: string, fileName: string): void =>
      quiet.notebooks.upload(personId, uploadId, fileName, notebook);
    let switches = 0;
    const switchLaunches = (): Promise<boolean> => {
      switches += 1;
      return quiet.documents.add(switchedLaunches(switches));
    };
    const api = portalApi(invoke, (requestId, { route }) => {
      // The same grants once more change nothing, and have no entry.
      if (!route.endsWith('/grants') && !quiet.audit.entries.some((entry) => entry.requestId === requestId))
        violated(`${route} was answered without an entry in the audit trail`);
    });
    const acts = peoplesActs({ api, random, items: stored.items, upload, switchLaunches });

    startUpkeep(random, plan, upkeep);
    setTimeout(() => void (switches % 2 === 1 && switchLaunches()), chaosEnds - BEGIN);
    for (const minutes of [1, 2, 3]) setTimeout(() => void acts.createJob(), minutes * 60_000);
    for (let at = BEGIN + HOUR / 2; at < chaosEnds; at += random.between(0.05, 1) * HOUR)
      setTimeout(() => void acts.any(), at - BEGIN);

    for (const outage of plan.outages)
      trace(
        'world',
        () =>
          `outage ${JSON.stringify(outage.services)} ${new Date(outage.from).toISOString()} ${new Date(outage.until).toISOString()}`,
      );
    await settled();
    while (Date.now() < end && ledger.violations.length < 20) {
      time.next();
      await settled();
    }
    await leftoverChecks({ items: stored.items, quiet, ledger, before: new Date(Date.now() - 2 * HOUR).toISOString() });
    finalChecks({ tables: stored, emr, scheduler, ledger, executions: workflow.all });
    return {
      seed,
      violations: ledger.violations,
      counts: {
        clusters: stored.items.clusters.size,
        sessions: stored.items.sessions.size,
        runs: ledger.runsByEmrId.size,
        workloads: emr.held.size,
        occurrences: scheduler.fired.length,
        mails: ledger.sent.size,
        executions: workflow.all().length,
      },
    } satisfies SimulationResult;
  } finally {
    Math.random = mathRandom;
    time.uninstall();
  }
};
