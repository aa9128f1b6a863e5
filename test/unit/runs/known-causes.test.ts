import { describe, expect, it } from 'vitest';

import { cellCause, reasonCause } from '../../../functions/runs/known-causes.ts';

const PY4J = 'An error occurred while calling o44.save.\n: ';

describe('the remedy for a failing cell', () => {
  // Texts as Python, Spark 3.5 and 4.0, Hadoop and YARN word them.
  it.each([
    ['StdinNotImplementedError', 'raw_input was called, but this frontend does not support input requests.', 'input()'],
    ['SystemExit', '3', 'with a status other than 0'],
    ['UsageError', 'Cell magic `%%configure` not found.', 'sparkmagic'],
    ['UsageError', 'Line magic function `%spark` not found.', 'sparkmagic'],
    ['Stopped', 'The time limit was reached; the cell did not react to being interrupted.', 'timeout'],
    ['KeyboardInterrupt', '', 'timeout'],
    ['NameError', "name 'TimeoutError2' is not defined", 'before it is defined'],
    [
      'AnalysisException',
      '[PATH_ALREADY_EXISTS] Path s3://bucket/out already exists. Set mode as "overwrite"',
      '.mode("',
    ],
    ['AnalysisException', 'path s3://bucket/out already exists.;', '.mode("overwrite")'],
    ['AnalysisException', '[TABLE_OR_VIEW_ALREADY_EXISTS] Cannot create table or view `a`', '.mode("overwrite")'],
    [
      'Py4JJavaError',
      `${PY4J}org.apache.hadoop.mapred.FileAlreadyExistsException: Output directory s3://b/p already exists`,
      '.mode("overwrite")',
    ],
    ['FileExistsError', "[Errno 17] File exists: 'out'", '.mode("overwrite")'],
    [
      'PythonException',
      "\n  An exception was thrown from the Python worker.\nTraceback (most recent call last):\nModuleNotFoundError: No module named 'geopandas'\n",
      'on the workers',
    ],
    [
      'Py4JJavaError',
      `${PY4J}…PythonException: ModuleNotFoundError: No module named 'geopandas'`,
      'on the workers: %pip',
    ],
    ['ModuleNotFoundError', "No module named 'geopandas'", '%pip install'],
    ['ImportError', "cannot import name 'x' from 'y'", '%pip install'],
    [
      'Py4JJavaError',
      `${PY4J}SparkException: Job aborted: ExecutorLostFailure (executor 3 exited) Container killed by YARN for exceeding memory limits. java.lang.OutOfMemoryError`,
      'A worker ran out of memory',
    ],
    [
      'Py4JJavaError',
      `${PY4J}Container from a bad node. Exit status: 137. Killed by external signal`,
      'A worker ran out',
    ],
    ['MemoryError', '', 'The driver ran out of memory'],
    ['Py4JJavaError', `${PY4J}java.lang.OutOfMemoryError: Java heap space`, 'The driver ran out of memory'],
    [
      'Py4JJavaError',
      `${PY4J}Total size of serialized results of 8 tasks (1100.0 MiB) is bigger than spark.driver.maxResultSize (1024.0 MiB)`,
      'The driver ran out of memory',
    ],
    [
      'KernelDied',
      'The kernel was killed (signal 9), most probably because the machine ran out of memory.',
      'The driver ran out of memory',
    ],
    [
      'Py4JJavaError',
      `${PY4J}java.nio.file.AccessDeniedException: s3://b/k: Access Denied (Status Code: 403)`,
      'no access',
    ],
    [
      'ClientError',
      'An error occurred (AccessDenied) when calling the GetObject operation',
      'no access to that location',
    ],
    ['AnalysisException', '[PATH_NOT_FOUND] Path does not exist: s3://bucket/in.', 'path does not exist'],
    ['FileNotFoundError', "[Errno 2] No such file or directory: 'in.csv'", 'path does not exist'],
    ['NoSuchBucket', 'The specified bucket does not exist', 'path does not exist'],
    [
      'AnalysisException',
      '[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column with name `nope` cannot be resolved.',
      'Schema()',
    ],
    ['AnalysisException', '[COLUMN_ALREADY_EXISTS] The column `id` already exists.', 'Schema()'],
    ['AnalysisException', '[TABLE_OR_VIEW_NOT_FOUND] The table or view `missing` cannot be found.', 'Schema()'],
    [
      'Py4JJavaError',
      `${PY4J}Could not execute broadcast in 300 secs. TimeoutException: Futures timed out`,
      'timed out',
    ],
    ['ConnectTimeout', 'HTTPSConnectionPool(host=…): Max retries exceeded', 'timed out'],
  ])('%s: %s', (errorName, errorValue, remedy) => {
    expect(cellCause({ errorName, errorValue })?.advice).toContain(remedy);
  });

  it.each([
    ['ZeroDivisionError', 'division by zero'],
    ['ValueError', 'this account already exists'],
    ['KernelDied', 'The kernel ended in the middle of the cell (exit status 4).'],
  ])('is left to the reader for %s', (errorName, errorValue) => {
    expect(cellCause({ errorName, errorValue })).toBeUndefined();
  });
});

describe('the remedy for what the runner says', () => {
  it.each([
    ['The notebook is written for R. Spark jobs run notebooks in Python (PySpark) only.', 'Choose a Python kernel'],
    ["'class' cannot be the name of a parameter. Use a name that a Python variable can have.", 'Rename the parameter'],
    ['The notebook cannot be read: it is nested too deeply.', 'save it, and upload it again'],
    ['The notebook has format 3, only format 4 runs.', 'save it, and upload it again'],
    ["The notebook's kernel did not start, or ended outside any cell: Kernel died", 'Run the job again'],
  ])('%s', (message, remedy) => {
    expect(reasonCause(message)?.advice).toContain(remedy);
  });

  it("is not made up for EMR's words", () => {
    expect(reasonCause('Shut down as step failed')).toBeUndefined();
  });
});
