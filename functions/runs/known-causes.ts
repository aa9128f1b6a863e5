import type { CellFailure } from '../../shared/domain/run.ts';

/** What of a job a person may change about a failure. */
export type RemedyKind = 'size' | 'timeout' | 'notebook' | 'parameters';

interface KnownCause {
  /** Matched against the error's name and text, separated by a colon. */
  readonly about: RegExp;
  readonly advice: string;
  /** Left out: the notebook. */
  readonly remedies?: readonly RemedyKind[];
}

/** Common causes of a failing cell. The first match counts, so specific causes come before general ones. */
const OF_CELLS: readonly KnownCause[] = [
  {
    about: /^StdinNotImplementedError/,
    advice: 'input() cannot be answered during a run. Use a parameter instead.',
  },
  {
    about: /^SystemExit/,
    advice: 'The notebook exited with a status other than 0. To end a run successfully, call exit() or sys.exit(0).',
  },
  {
    about: /^UsageError.*[Mm]agic.* not found/,
    advice:
      'Runs use a plain Python kernel, without the magics of sparkmagic and EMR Studio. Use spark.sql("…") for %%sql, and SparkSession.builder.config() for %%configure.',
  },
  {
    about: /^(Stopped|KeyboardInterrupt)/,
    advice: 'The run reached its timeout during this cell. Raise the timeout, add workers, or do less in one run.',
    remedies: ['timeout', 'size', 'notebook'],
  },
  {
    about: /^NameError/,
    advice: 'A name is used before it is defined. To reproduce this, restart the kernel and run all cells in order.',
  },
  {
    about: /(PATH|LOCATION|TABLE_OR_VIEW)_ALREADY_EXISTS|FileAlreadyExists|[Pp]ath \S+ already exists|FileExistsError/,
    advice:
      'The output path already exists, often from an earlier run. Write with .mode("overwrite"), or to a different path in each run, for example one with the date.',
  },
  {
    // An error of the driver has the name ModuleNotFoundError; an error of a worker has it in the text.
    about: /^(?!ModuleNotFoundError|ImportError)\w+:[^]*\b(ModuleNotFoundError|No module named)/,
    advice:
      'A library is missing on the workers: %pip in a cell installs it on the driver only. Distribute it with spark.sparkContext.addPyFile, or ask your platform team to install it on the clusters.',
  },
  {
    about: /^(ModuleNotFoundError|ImportError)/,
    advice:
      'Install the missing package in the notebook’s first cell with %pip install. This installs it on the driver only, not for functions that Spark runs on the workers.',
  },
  {
    about:
      /ExecutorLostFailure|Container killed by YARN|exceeding (physical )?memory limits|memoryOverhead|[Ee]xit(ed with)? (code|status):? (137|143)\b/,
    advice:
      'A worker ran out of memory. Use more and smaller partitions (repartition), avoid collecting groups into lists, or add workers.',
    remedies: ['size', 'notebook'],
  },
  {
    about: /MemoryError|OutOfMemory|maxResultSize|ran out of memory/,
    advice:
      'The driver ran out of memory. Write large results with Spark instead of collect() or toPandas(), or take a sample first.',
  },
  {
    about:
      /AccessDenied|Access Denied|AccessControlException|Permission denied|PermissionError|403 Forbidden|Status Code: 403/,
    advice: 'The run has no access to that location. Check its name, then ask your platform team for access.',
    remedies: ['parameters', 'notebook'],
  },
  {
    about: /PATH_NOT_FOUND|Path does not exist|NoSuchBucket|NoSuchKey|FileNotFound|No such file or directory/,
    advice:
      'The path does not exist. Check its spelling and whether that day’s data has arrived. Data on the disks of an earlier cluster is gone.',
    remedies: ['parameters', 'notebook'],
  },
  {
    about:
      /AnalysisException|COLUMN_ALREADY_EXISTS|UNRESOLVED_COLUMN|cannot resolve|TABLE_OR_VIEW_NOT_FOUND|DATATYPE_MISMATCH|SchemaColumnConvertNotSupported|CANNOT_MERGE_SCHEMAS/,
    advice:
      'Columns, types or tables differ from what the cell expects. Compare df.printSchema() with the names in the cell. The data may have changed since the last run.',
  },
  {
    about: /[Tt]imed out|Timeout/,
    advice:
      'The cell waited for something that timed out. Run the job again. For a server, check that clusters can reach it; for a Spark broadcast, avoid the broadcast join.',
    remedies: [],
  },
];

/** The runner's reasons for a failure outside of cells (`reason` of outcome.json). */
const OF_REASONS: readonly KnownCause[] = [
  {
    about: /is written for/,
    advice: 'Choose a Python kernel in Jupyter, translate the cells, and upload the notebook again.',
  },
  {
    about: /cannot be the name of a parameter/,
    advice: 'Rename the parameter in the job’s settings and in the notebook, and run the job again.',
    remedies: ['parameters', 'notebook'],
  },
  {
    about: /^The notebook (cannot be read|has format)/,
    advice: 'Open the notebook in JupyterLab, save it, and upload it again.',
  },
  {
    about: /kernel did not start/,
    advice: 'The notebook was not started. Run the job again. If it fails twice, show the log to your platform team.',
    remedies: [],
  },
];

/** The known cause of a failing cell, if it is one. */
export const cellCause = ({
  errorName,
  errorValue,
}: Pick<CellFailure, 'errorName' | 'errorValue'>): KnownCause | undefined =>
  OF_CELLS.find(({ about }) => about.test(`${errorName}: ${errorValue}`));

/** The known cause of a reason of the runner, if it is one. */
export const reasonCause = (message: string): KnownCause | undefined =>
  OF_REASONS.find(({ about }) => about.test(message));
