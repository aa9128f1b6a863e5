import type { SparkFacts } from '../../../shared/domain/spark-facts.ts';
import { bytesText, countText } from '../../lib/amounts.ts';
import { durationText } from '../../lib/instant-text.ts';

interface Fact {
  readonly title: string;
  readonly text: string;
}

const stageText = ({ stage, name }: { readonly stage: number; readonly name: string }): string =>
  name === '' ? `Stage ${stage}` : `Stage ${stage} (${name})`;

/** What Spark's event log says, with what helps: the likely cause of a failure first. */
export const factsInWords = (facts: SparkFacts): readonly Fact[] => {
  const { lostExecutors, failedTasks, failedTaskReason, skew, spill, slowestStage } = facts;
  const told: (Fact | null)[] = [
    lostExecutors.count > 0
      ? {
          title: 'Lost executors',
          text: `Spark lost ${countText(lostExecutors.count, 'executor')}${lostExecutors.reasons.length === 0 ? '' : `: ${lostExecutors.reasons.map((reason) => reason.replace(/\.$/, '')).join('; ')}`}.`,
        }
      : null,
    failedTasks > 0
      ? {
          title: 'Failed tasks',
          text: `${countText(failedTasks, 'task')} of ${facts.tasks.toLocaleString('en-US')} failed${failedTaskReason === null ? '' : `, the last one with: ${failedTaskReason.replace(/\.$/, '')}`}.`,
        }
      : null,
    skew === null
      ? null
      : {
          title: 'Skew',
          text: `In ${stageText(skew).replace('Stage', 'stage')} one task took ${durationText(skew.longestSeconds)}, half of the ${countText(skew.tasks, 'task')} at most ${durationText(skew.medianSeconds)}. One key or partition has most of the data. More workers do not help; another key or repartition() does.`,
        },
    spill === null
      ? null
      : {
          title: 'Spill',
          text: `${stageText(spill)} wrote ${bytesText(spill.diskBytes)} to disk, since its data did not fit into memory. More partitions or more workers help.`,
        },
    slowestStage === null
      ? null
      : {
          title: 'Slowest stage',
          text: `${stageText(slowestStage)} took ${durationText(slowestStage.seconds)} for ${countText(slowestStage.tasks, 'task')}${slowestStage.isFinished ? '' : ' and had not finished'}.`,
        },
    facts.isComplete
      ? null
      : { title: 'Incomplete', text: 'The event log could not be read whole: there may be more than this.' },
  ];
  return told.filter((fact) => fact !== null);
};
