import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { cellsOf, notebookOf, printed } from './notebook.ts';
import { startSparkStack, type SparkStack } from './spark-stack.ts';

const RELEASES = ['emr-7.13.0', 'emr-spark-8.0.0'];

describe('the Spark of both release families', () => {
  let stack: SparkStack;
  beforeAll(async () => {
    stack = await startSparkStack();
  });
  afterAll(() => stack.close());

  it('has pandas, Arrow and NumPy that work with Spark, on the workers too', async () => {
    const notebook = notebookOf(
      // Without this Spark would quietly go the slow way round where Arrow does not work.
      'spark.conf.set("spark.sql.execution.arrow.pyspark.fallback.enabled", "false")\nframe = spark.range(4).toPandas()\nprint(frame["id"].sum(), spark.createDataFrame(frame).count())',
      'import pandas as pd\nfrom pyspark.sql.functions import pandas_udf\n\n@pandas_udf("long")\ndef doubled(values: pd.Series) -> pd.Series:\n    return values * 2\n\nprint([row[0] for row in spark.range(3).select(doubled("id")).collect()])',
      // Spark 4 has ANSI SQL by default, which its pandas API refuses to work with.
      'spark.conf.set("spark.sql.ansi.enabled", "false")\nimport pyspark.pandas as ps\nprint(ps.DataFrame({"a": [1.0, None]}).fillna(0).sum().to_dict())',
      'print(sorted(sc.parallelize([3, 1, 2]).map(lambda n: n * n).collect()), sqlContext.sql("select 1 + 1 as two").first().two)',
    );
    for (const releaseLabel of RELEASES) {
      const runId = `pandas-${releaseLabel}`;
      const run = await stack.run({ releaseLabel, runId, notebook });
      expect(run, run.output).toMatchObject({ executed: true, exitCode: 0 });
      const executed = (await stack.get(`job/runs/${runId}/notebook.ipynb`)).body;
      expect(cellsOf(executed).map(printed)).toEqual([
        expect.stringContaining('6 4\n'),
        expect.stringContaining('[0, 2, 4]\n'),
        expect.stringContaining("{'a': 1.0}\n"),
        expect.stringContaining('[1, 4, 9] 2\n'),
      ]);
    }
  });
});
