import { pathToFileURL } from 'node:url';

import { SCRIPTS, type SparkPaths } from './paths.ts';

/** What a notebook may see of this machine's environment. */
const INHERITED =
  /^(PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|JAVA_HOME|(https?|no)_proxy|SSL_CERT_(FILE|DIR)|ATMO_S3_FORCE_PATH_STYLE|AWS_(ENDPOINT_URL\w*|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|REGION|DEFAULT_REGION))$/i;

/** Folders of one cluster, job run or session. */
export interface SparkFolders {
  /** For temporary files and tables; its caller removes it. */
  readonly scratch: string;
  /** For Spark's event logs, which are kept for its UI. */
  readonly eventLogs: string;
}

/** Options of `spark-submit` that are this execution's own. */
export const submitOptions = ({ scratch, eventLogs }: SparkFolders): readonly string[] =>
  Object.entries({
    'spark.sql.warehouse.dir': `${scratch}/warehouse`,
    'spark.eventLog.enabled': 'true',
    'spark.eventLog.dir': pathToFileURL(eventLogs).href,
  }).flatMap(([name, value]) => ['--conf', `${name}=${value}`]);

/**
 * Variables for whatever runs Spark here: the scripts find their parts, Spark its settings, S3 is the local one. A
 * notebook gets no other credentials, even if the user of the stack has an AWS account.
 */
export const sparkEnvironment = (
  paths: SparkPaths,
  folders: SparkFolders,
  source: Readonly<Record<string, string | undefined>>,
): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(source).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && INHERITED.test(entry[0]),
    ),
  ),
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  ATMO_SCRIPTS: SCRIPTS,
  ATMO_VENV: paths.venv,
  // Empty: no Zeppelin. It can be set to an existing installation.
  ATMO_ZEPPELIN_URL: source['ATMO_ZEPPELIN_URL'] ?? '',
  SPARK_CONF_DIR: paths.configuration,
  SPARK_LOCAL_IP: '127.0.0.1',
  ATMO_EVENT_LOGS: folders.eventLogs,
  SPARK_LOCAL_DIRS: folders.scratch,
  PYSPARK_SUBMIT_ARGS: [...submitOptions(folders).map(shellQuoted), 'pyspark-shell'].join(' '),
  TMPDIR: folders.scratch,
});

/** PySpark splits its arguments as a shell would. */
const shellQuoted = (text: string): string => `'${text.replaceAll("'", `'"'"'`)}'`;
