import type { CellFailure } from '../../shared/domain/run.ts';

interface KnownCause {
  /** What the error's name and text, separated by a colon, say of it. */
  readonly about: RegExp;
  readonly advice: string;
}

/** The common causes of a failing cell, the first that fits. A Spark error often names several: the narrower stand first. */
const OF_CELLS: readonly KnownCause[] = [
  {
    about: /^StdinNotImplementedError/,
    advice: 'Nobody is there to answer input() during a run. Use a parameter instead.',
  },
  {
    about: /^SystemExit/,
    advice:
      'The notebook ended itself with an exit status other than 0. exit() and sys.exit(0) end a run successfully.',
  },
  {
    about: /^UsageError.*[Mm]agic.* not found/,
    advice:
      'Runs use a plain Python kernel, without the magics of sparkmagic and EMR Studio. Use spark.sql("…") for %%sql, and SparkSession.builder.config() for %%configure.',
  },
  {
    about: /^(Stopped|KeyboardInterrupt)/,
    advice: 'The cell was stopped at the end of the run’s time. Raise the timeout, add workers, or do less in one run.',
  },
  {
    about: /^NameError/,
    advice: 'A name is used before it is defined. Restart the kernel and run all cells in order to see the same.',
  },
  {
    about: /(PATH|LOCATION|TABLE_OR_VIEW)_ALREADY_EXISTS|FileAlreadyExists|[Pp]ath \S+ already exists|FileExistsError/,
    advice:
      'What it writes is there already, often from an earlier run. Write with .mode("overwrite"), or to a path of its own for each run, such as one with the date.',
  },
  {
    // Of the driver's own error the name is ModuleNotFoundError; of a worker's it is in the text.
    about: /^(?!ModuleNotFoundError|ImportError)\w+:[^]*\b(ModuleNotFoundError|No module named)/,
    advice:
      'A library is missing on the workers: %pip in a cell installs it on the driver only. Send it along with spark.sparkContext.addPyFile, or ask your platform team to put it on the clusters.',
  },
  {
    about: /^(ModuleNotFoundError|ImportError)/,
    advice:
      'Install the missing package in the notebook’s first cell with %pip install. That reaches the driver, not functions that Spark runs on the workers.',
  },
  {
    about:
      /ExecutorLostFailure|Container killed by YARN|exceeding (physical )?memory limits|memoryOverhead|[Ee]xit(ed with)? (code|status):? (137|143)\b/,
    advice:
      'A worker ran out of memory. Use more and smaller partitions (repartition), avoid collecting groups into lists, or add workers.',
  },
  {
    about: /MemoryError|OutOfMemory|maxResultSize|ran out of memory/,
    advice:
      'The driver ran out of memory. Write large results with Spark instead of collect() or toPandas(), or take a sample first.',
  },
  {
    about:
      /AccessDenied|Access Denied|AccessControlException|Permission denied|PermissionError|403 Forbidden|Status Code: 403/,
    advice: 'The run may not read or write that place. Check its name, then ask your platform team for access.',
  },
  {
    about: /PATH_NOT_FOUND|Path does not exist|NoSuchBucket|NoSuchKey|FileNotFound|No such file or directory/,
    advice:
      'There is nothing at that path. Check its spelling and whether the data of that day has arrived; what a cluster kept on its own disks is gone with it.',
  },
  {
    about:
      /AnalysisException|COLUMN_ALREADY_EXISTS|UNRESOLVED_COLUMN|cannot resolve|TABLE_OR_VIEW_NOT_FOUND|DATATYPE_MISMATCH|SchemaColumnConvertNotSupported|CANNOT_MERGE_SCHEMAS/,
    advice:
      'Columns, types or tables are not as the cell expects. Compare df.printSchema() with the names that it uses; the data may have changed since the last run.',
  },
  {
    about: /[Tt]imed out|Timeout/,
    advice:
      'Something that the cell waited for did not answer in time. Run the job again; if it is a server, check that clusters can reach it, and if it is Spark’s broadcast, join without it.',
  },
];

/** What the runner says where no cell is to blame (`reason` of outcome.json). */
const OF_REASONS: readonly KnownCause[] = [
  {
    about: /is written for/,
    advice: 'Choose a Python kernel in Jupyter, translate the cells, and upload the notebook again.',
  },
  {
    about: /cannot be the name of a parameter/,
    advice: 'Rename the parameter in the job’s settings and in the notebook, and run the job again.',
  },
  {
    about: /^The notebook (cannot be read|has format)/,
    advice: 'Open the notebook in JupyterLab, save it, and upload it again.',
  },
  {
    about: /kernel did not start/,
    advice: 'The notebook never began. Run the job again; if it fails twice, show the log to your platform team.',
  },
];

/** What to do about a failing cell; null where the cause is none of the common ones. */
export const cellRemedy = ({ errorName, errorValue }: Pick<CellFailure, 'errorName' | 'errorValue'>): string | null =>
  OF_CELLS.find(({ about }) => about.test(`${errorName}: ${errorValue}`))?.advice ?? null;

/** What to do about a sentence of the runner; null where it is none of these. */
export const reasonRemedy = (message: string): string | null =>
  OF_REASONS.find(({ about }) => about.test(message))?.advice ?? null;
