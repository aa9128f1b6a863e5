import { AwsFailed, AwsThrottled } from '../../shared/domain/errors.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { normalizedHoursMetric, type MetricFamily } from '../../shared/domain/metrics.ts';
import {
  usageByDay,
  usageKeyFor,
  usageKeyOf,
  withEntry,
  type UsageEntry,
  type UsageKey,
  type UsageKind,
} from '../../shared/domain/usage.ts';
import { reconciled } from '../../shared/domain/observed-workload.ts';
import { isEnded, type Workload } from '../../shared/domain/workload.ts';
import { awaitsBill } from '../../shared/domain/workload-cost.ts';
import type { Engines } from '../ports/emr-engine.ts';
import type { UsageRepository } from '../ports/usage-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import { metrics } from '../runtime/metrics.ts';
import { sweep, type Task } from '../runtime/sweep.ts';
import type { OpenUsage, UsageSource } from './open-usage.ts';

interface AddUpUsageDependencies {
  readonly sources: readonly UsageSource[];
  readonly usage: UsageRepository;
  readonly engines: Engines;
  readonly clock: Clock;
}

/** Whether its usage will not change any more. */
const isComplete = (workload: Workload, now: Instant): boolean => isEnded(workload) && !awaitsBill(workload, now);

const FAMILIES: Readonly<Record<UsageKind, MetricFamily>> = {
  cluster: 'cluster',
  session: 'session',
  run: 'sparkjob',
};

/** The workloads of one person and kind, whose usage is in the same items. */
const byPerson = (open: readonly OpenUsage[]): OpenUsage[][] => [
  ...Map.groupBy(open, ({ metered: { ownerId, kind } }) => `${kind}#${ownerId}`).values(),
];

/** Adds up what people use, by person, kind and day. */
export const usageMeter = ({ sources, usage, engines, clock }: AddUpUsageDependencies) => {
  /** Events and lists lack what is billed; a description has it. EMR tells few at a time: the rest is asked for next time. */
  const completed = async (open: OpenUsage): Promise<OpenUsage> => {
    const { workload } = open.metered;
    const { engine, emrId } = workload;
    if (emrId === null || !isEnded(workload) || !awaitsBill(workload, clock.now())) return open;
    try {
      const seen = await engines[engine].describe(emrId);
      return seen === null ? open : await open.learn((current) => reconciled(current, seen));
    } catch (error) {
      if (!(error instanceof AwsThrottled || error instanceof AwsFailed)) throw error;
      logger.warn('What EMR bills for a workload could not be read', { emrId, error });
      return open;
    }
  };

  /** One write for each item, whatever was used in it. */
  const add = async (open: readonly OpenUsage[]): Promise<void> => {
    const items = new Map<string, { key: UsageKey; owner: string; entries: [string, UsageEntry][] }>();
    for (const { metered } of open) {
      for (const [day, entry] of usageByDay(metered, clock.now())) {
        const key = usageKeyFor(metered, day);
        const item = items.get(usageKeyOf(key)) ?? { key, owner: metered.owner, entries: [] };
        item.entries.push([metered.id, entry]);
        items.set(usageKeyOf(key), item);
      }
    }
    for (const { key, owner, entries } of items.values()) {
      await usage.change(key, owner, (known) => entries.reduce((sum, [id, entry]) => withEntry(sum, id, entry), known));
    }
  };

  const settle = async (found: readonly OpenUsage[]): Promise<void> => {
    const open: OpenUsage[] = [];
    for (const one of found) open.push(await completed(one));
    await add(open);
    for (const one of open) {
      const { kind, workload } = one.metered;
      // The one that closes it counts the hours, so that no repetition counts them again.
      if (isComplete(workload, clock.now()) && (await one.close()))
        metrics.record(normalizedHoursMetric(FAMILIES[kind], one.about, workload));
    }
  };

  const all: Task = async () => {
    const open = (await Promise.all(sources.map((source) => source.all()))).flat();
    return sweep({
      what: 'add up the usage of a person',
      items: byPerson(open),
      evidence: ([first]) => ({ ownerId: first?.metered.ownerId ?? '', kind: first?.metered.kind ?? '' }),
      act: settle,
    });
  };

  return {
    /** Of all that runs and of what has ended since, every five minutes. @throws SweepFailed */
    all,
    /** Of one workload that has just ended, so that what it cost counts at once. The rest is left to the next sweep. */
    async ofEnded(emrId: string): Promise<void> {
      const found = await Promise.all(sources.map((source) => source.findByEmrId(emrId)));
      for (const open of found) {
        if (open !== null && isEnded(open.metered.workload)) await add([open]);
      }
    },
  };
};

export type UsageMeter = ReturnType<typeof usageMeter>;
