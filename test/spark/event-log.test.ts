import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { parsedSparkFacts } from '../../functions/adapters/notebook-spark-facts.ts';
import { notebookOf } from './notebook.ts';
import { startSparkStack, type SparkStack } from './spark-stack.ts';

/** One of four tasks takes seconds, the sort of the next stage has less memory than its data, and the last cell fails. */
const SKEWED = `
import time
def slowly(partition, rows):
    if partition == 0:
        time.sleep(7)
    return rows
skewed = sc.parallelize(range(8), 4).mapPartitionsWithIndex(slowly)
print(skewed.count())`;
const SPILLING = `
spark.conf.set("spark.sql.shuffle.partitions", "1")
spark.range(400_000).selectExpr("id", "uuid() as text").repartition(1).sort("text").selectExpr("max(text)").collect()
wide = spark.range(300_000).selectExpr("id", "uuid() as text").repartition(1).sort("text")
print(wide.rdd.map(lambda row: row.text).take(1))`;

describe('what Spark’s event log says about a failed run', () => {
  let stack: SparkStack;
  beforeAll(async () => {
    stack = await startSparkStack();
  });
  afterAll(() => stack.close());

  it.each([
    ['emr-7.13.0', 'cluster'],
    ['emr-spark-8.0.0', 'cluster'],
    ['emr-spark-8.0.0', 'serverless'],
  ] as const)('names the skewed and the spilling stage: %s, %s', async (releaseLabel, engine) => {
    const runId = `facts-${releaseLabel}-${engine}`;
    const begin =
      'from pyspark.sql import SparkSession\nspark = SparkSession.builder.config("spark.shuffle.spill.numElementsForceSpillThreshold", "20000").getOrCreate()';
    const notebook = notebookOf(begin, SKEWED, SPILLING, 'raise ValueError("no visits")');
    const run = await stack.run({ runId, releaseLabel, engine, notebook });
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 1 });
    // Another failure of the run, and a log that could not be read, stand at the end of its output.
    expect(await stack.outcome(runId), run.output.slice(-500)).toMatchObject({ failure: { errorValue: 'no visits' } });
    expect(await stack.list(`job/runs/${runId}/`), run.output.slice(-500)).toContain('spark.json');
    const facts = parsedSparkFacts((await stack.get(`job/runs/${runId}/spark.json`)).body);
    expect(facts).toMatchObject({
      isComplete: true,
      failedTasks: 0,
      lostExecutors: { count: 0 },
      slowestStage: { stage: 0, tasks: 4, isFinished: true },
      skew: { stage: 0, tasks: 4 },
    });
    expect(facts?.skew?.longestSeconds).toBeGreaterThanOrEqual(7);
    expect(facts?.spill?.diskBytes).toBeGreaterThan(0);
    expect(facts?.spill?.stage).toBeGreaterThan(0);
    expect(await stack.list('job/latest/')).not.toContain('spark.json');
  });
});
