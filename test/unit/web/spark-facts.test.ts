import { describe, expect, it } from 'vitest';

import { factsInWords } from '../../../web/features/runs/spark-facts-words.ts';
import { SPARK_FACTS } from '../../fakes/spark-facts.ts';

describe('what Spark says, in words', () => {
  it('names causes first, and what helps', () => {
    expect(factsInWords(SPARK_FACTS).map(({ title, text }) => `${title}: ${text}`)).toEqual([
      'Lost executors: Spark lost 2 executors: Container killed by YARN for exceeding memory limits.',
      'Failed tasks: 4 tasks of 1,210 failed, the last one with: java.lang.OutOfMemoryError: Java heap space.',
      'Skew: In stage 4 (count at <cell>:2) one task took 11 min, half of the 200 tasks at most 2 s. One key or partition has most of the data. More workers do not help; another key or repartition() does.',
      'Spill: Stage 4 (count at <cell>:2) wrote 1.2 GB to disk, since its data did not fit into memory. More partitions or more workers help.',
      'Slowest stage: Stage 4 (count at <cell>:2) took 12 min for 200 tasks and had not finished.',
    ]);
  });

  it('tells only what there was', () => {
    const quiet = {
      ...SPARK_FACTS,
      failedTasks: 0,
      failedTaskReason: null,
      spill: null,
      skew: null,
      lostExecutors: { count: 0, reasons: [] },
      slowestStage: { stage: 0, name: '', tasks: 1, seconds: 0.4, isFinished: true },
      isComplete: false,
    };
    expect(factsInWords(quiet).map(({ text }) => text)).toEqual([
      'Stage 0 took 0 s for 1 task.',
      'The event log could not be read whole: there may be more than this.',
    ]);
  });
});
