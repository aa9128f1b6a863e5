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
import type { LaunchesByEngine } from './launch-counts.ts';
import { leftoverChecks } from './leftover-checks.ts';
import { switchedLaunches, watchedAccounts } from './limits.ts';
import { adapterTable } from './ports.ts';
import { portalApi } from './portal-api.ts';
import { seededRandom } from './random.ts';
import { sharingChecks } from './sharing-checks.ts';
import { installTime } from './simulated-time.ts';
import { useSurroundings } from './stand-ins.ts';
import { keepTimetable } from './timetable.ts';
import type { Trace } from './trace.ts';
import type { AuditEntry } from '../../shared/domain/audit.ts';
import { startUpkeep } from './upkeep-clock.ts';
import { usageChecks } from './usage-checks.ts';
import { watchedWorld } from './watched-world.ts';
import { workflowService } from './workflow.ts';

const BEGIN = Date.parse('2026-11-23T05:00:00.000Z');
const HOUR = 3_600_000;

export interface Deployment {
  readonly boots: Readonly<Record<FunctionName, () => Handler>>;
  /** The synthesised state machine. */
  readonly definition: unknown;
  /** A notebook as people upload it. */
  readonly notebook: string;
  /** A call that fails four times in five, whatever the seed. */
  readonly failing?: string;
}

export interface SimulationResult {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  readonly launches: LaunchesByEngine;
  /** How often each kind happened. */
  readonly faults: Readonly<Record<string, number>>;
}

/**
 * All that follows from what just happened without time passing: nothing in the simulation waits for more than promises, and a
 * tick comes after all of them. A turn of the event loop does so too, and asks the system for news each time.
 */
const settled = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** Simulates some days of the portal with the faults of a seed, and then calm days; tells what did not hold. */
export const simulate = async (seed: number, deployment: Deployment, trace: Trace) => {
  const { boots, definition, notebook, failing } = deployment;
  const random = seededRandom(seed);
  const chaosEnds = BEGIN + (random.chance(0.05) ? random.between(50, 80) : random.between(12, 30)) * HOUR;
  const end = chaosEnds + 14 * HOUR;
  const time = installTime(BEGIN);
  const mathRandom = Math.random;
  Math.random = random.next;
  try {
    const plan = faultPlan(random, { from: BEGIN + HOUR, until: chaosEnds }, failing);
    const { ledger, limits, stored, quiet, turns, audit, held, passed } = watchedWorld(random, plan);
    const { violated } = ledger;
    useSurroundings({
      random,
      trace,
      logged: (details) => {
        if ('object' in details) audit.logged.add((details.object as AuditEntry['object']).id);
      },
    });
    const invoke = functionService({ boots, random, plan, trace, passed });
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
      held,
      random,
      plan,
      trace,
      changed: (workload) => {
        writeOutcome(workload);
        publish(workload);
      },
      ending: audit.ending,
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
        audit,
        accounts: watchedAccounts(quiet.accounts, limits.budgets, violated),
      }),
    );
    const upload = (personId: string, uploadId: string, fileName: string): void =>
      quiet.notebooks.upload(personId, uploadId, fileName, notebook);
    let switches = 0;
    const switchLaunches = (): Promise<boolean> => {
      switches += 1;
      turns.switched();
      return quiet.documents.add(switchedLaunches(switches));
    };
    const api = portalApi(invoke, (requestId, { route }) => {
      // The same grants once more change nothing, and have no entry.
      if (!route.endsWith('/grants') && !quiet.audit.entries.some((entry) => entry.requestId === requestId))
        violated(`${route} was answered without an entry in the audit trail`);
    });
    const shared = sharingChecks(quiet.grants, violated);
    const acts = peoplesActs({ api, random, items: stored.items, upload, switchLaunches, shared });

    startUpkeep(random, plan, upkeep);
    keepTimetable({
      random,
      plan,
      acts,
      stopExecution: () => workflow.stopAny(random),
      resumeLaunches: () => void (switches % 2 === 1 && switchLaunches()),
    });

    for (const outage of plan.outages)
      trace(
        'world',
        () =>
          `outage ${JSON.stringify(outage.services)} ${new Date(outage.from).toISOString()} ${new Date(outage.until).toISOString()}`,
      );
    for (const { call, from, until } of plan.brownouts)
      trace('world', () => `brownout ${call} ${new Date(from).toISOString()} ${new Date(until).toISOString()}`);
    await settled();
    let events = 0;
    while (Date.now() < end && ledger.violations.length < 20) {
      events += 1;
      time.next();
      await settled();
    }
    await leftoverChecks({ items: stored.items, quiet, ledger, before: new Date(Date.now() - 2 * HOUR).toISOString() });
    await usageChecks(quiet, violated);
    finalChecks({ tables: stored, mailRecords: quiet.mailRecords, emr, scheduler, ledger, executions: workflow.all });
    for (const { engine } of emr.held.values()) ledger.launchesByEngine[engine].started += 1;
    return {
      seed,
      violations: ledger.violations,
      counts: {
        events,
        clusters: stored.items.clusters.size,
        sessions: stored.items.sessions.size,
        runs: ledger.runsByEmrId.size,
        workloads: emr.held.size,
        occurrences: scheduler.fired.length,
        mails: ledger.sent.size,
        executions: workflow.all().length,
      },
      launches: ledger.launchesByEngine,
      faults: {
        outages: plan.outages.length,
        rushes: plan.rushes.length,
        brownouts: plan.brownouts.length,
        ...plan.faults,
      },
    } satisfies SimulationResult;
  } finally {
    Math.random = mathRandom;
    time.uninstall();
  }
};
