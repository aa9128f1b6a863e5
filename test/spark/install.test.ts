import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { localSparkDefaults } from '../../local/spark/configuration.ts';
import { sparkEnvironment } from '../../local/spark/environment.ts';
import { sparkPaths } from '../../local/spark/paths.ts';
import { javaMajorVersion } from '../../local/spark/prerequisites.ts';
import { sparkStepExecutor } from '../../local/spark/step-executor.ts';
import { LOCAL_DIRECTORY } from './spark-stack.ts';

const INSTALL = path.resolve(import.meta.dirname, '../../local/spark/install.ts');

describe('npm run spark:install', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'atmo-install-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const fake = (name: string, script: string): void => {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(folder, name), 0o755);
  };
  const install = (environment: Record<string, string> = {}, ...families: string[]) =>
    spawnSync(process.execPath, [INSTALL, ...families], {
      encoding: 'utf8',
      env: { PATH: folder, ATMO_LOCAL_DIR: path.join(folder, 'local'), ...environment },
    });
  const JAVA_17 = 'echo \'openjdk version "17.0.15" 2025-04-15\' >&2';

  it('says in one line that Java is missing', () => {
    const { status, stdout, stderr } = install();
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Java was not found: install Java 17 .*\n$/);
  });

  it('says in one line that a family of releases is unknown', () => {
    expect(install({}, 'emr-6.x')).toMatchObject({
      status: 1,
      stderr: 'Unknown release family emr-6.x. Use emr-7.x or emr-spark-8.x, or omit it to install both.\n',
    });
  });

  it('looks for a Java that the Spark asked for runs on', () => {
    fake('java', 'echo \'openjdk version "11.0.2" 2019-01-15\' >&2');
    expect(install({}, 'emr-7.x').stderr).toMatch(/^Python /);
    expect(install({}, 'emr-spark-8.x').stderr).toMatch(/^The Spark of emr-spark-8\.x does not run on Java 11: /);
    expect(install().stderr).toMatch(/^The Spark of emr-spark-8\.x does not run on Java 11: /);
  });

  it('says in one line that Java is too new', () => {
    fake('java', 'echo \'openjdk version "25" 2025-09-16\' >&2');
    expect(install()).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^The Spark of emr-7\.x does not run on Java 25: install Java 17 .*\n$/),
    });
  });

  it('says in one line that Python is missing, too old, or without venv', () => {
    fake('java', JAVA_17);
    expect(install().stderr).toMatch(/^Python 3\.9 to 3\.12 was not found: .*\n$/);
    fake('python3', 'exit 1');
    expect(install().stderr).toMatch(/^Python 3\.9 to 3\.12 was not found: .*\n$/);
    fake('python3', 'case "$2" in *ensurepip*) exit 1;; esac');
    expect(install().stderr).toMatch(/^Python's venv module is missing: .*\n$/);
  });

  it('finds its work done, and goes on where it was interrupted', () => {
    const done = spawnSync(process.execPath, [INSTALL], {
      encoding: 'utf8',
      env: { ...process.env, ATMO_LOCAL_DIR: LOCAL_DIRECTORY },
    });
    expect(done).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^(Spark for emr-\S+ is already installed in .*\n){2}$/),
    });

    // A Python whose pip breaks off half way.
    fake('java', JAVA_17);
    fake(
      'python3',
      `if [ "$2" = venv ]; then for last; do :; done; /bin/mkdir -p "$last/bin"; /bin/ln -sf '${folder}/python3' "$last/bin/python"; fi; [ "$2" != pip ]`,
    );
    const broken = install();
    expect(broken.status).toBe(1);
    expect(broken.stdout).toContain('emr-7.x [2/5] JupyterLab, papermill');
    expect(broken.stderr).toBe('python -m pip install … failed (1) Run it again to go on from here.\n');
    // Not taken for installed.
    symlinkSync('/bin/true', path.join(folder, 'unused'));
    expect(install().stdout).toContain('[1/5] Python environment');
  });

  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['java version "1.8.0_402"', 8],
    ['openjdk version "25" 2025-09-16', 25],
    ['command not found', null],
  ])('reads %j as Java %j', (output, version) => {
    expect(javaMajorVersion(output)).toBe(version);
  });

  it('uses the settings of clusters, with this machine in place of YARN', () => {
    expect(localSparkDefaults()).toMatchObject({
      'spark.master': 'local[2]',
      'spark.sql.session.timeZone': 'UTC',
      'spark.ui.showConsoleProgress': 'false',
    });
    expect(
      Object.keys(localSparkDefaults()).filter((name) => /yarn|dynamicAllocation|pyspark\.python/.test(name)),
    ).toEqual([]);
  });

  it("passes a notebook nothing of the user's environment but the local S3's address and key", () => {
    const environment = sparkEnvironment(
      sparkPaths(folder, 'emr-7.x'),
      { scratch: `${folder}/it's scratch`, eventLogs: `${folder}/event logs` },
      {
        PATH: '/bin',
        AWS_PROFILE: 'production',
        AWS_ACCESS_KEY_ID: 'S3RVER',
        AWS_ENDPOINT_URL_S3: 'http://localhost:1',
        GITHUB_TOKEN: 'secret',
        NODE_OPTIONS: '--inspect',
        SPARK_HOME: '/another/spark',
        PYTHONPATH: '/another/python',
      },
    );
    expect(environment).toMatchObject({
      PATH: '/bin',
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_ENDPOINT_URL_S3: 'http://localhost:1',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      PYSPARK_SUBMIT_ARGS: [
        `'--conf' 'spark.sql.warehouse.dir=${folder}/it'"'"'s scratch/warehouse'`,
        `'--conf' 'spark.eventLog.enabled=true' '--conf' 'spark.eventLog.dir=file://${folder}/event%20logs'`,
        'pyspark-shell',
      ].join(' '),
    });
    for (const name of ['AWS_PROFILE', 'GITHUB_TOKEN', 'NODE_OPTIONS', 'SPARK_HOME', 'PYTHONPATH']) {
      expect(environment).not.toHaveProperty(name);
    }
  });
});

describe('the executor without Spark', () => {
  it('says that the notebook was not executed, in the log and in the outcome', async () => {
    const written = new Map<string, unknown>();
    const executor = sparkStepExecutor({
      localDirectory: path.join(tmpdir(), 'atmo-no-such-folder'),
      writeFile: (uri, body) => {
        written.set(uri, JSON.parse(new TextDecoder().decode(body)));
        return Promise.resolve();
      },
    });
    const run = (script: string, ...args: string[]) =>
      executor.run(
        {
          id: 's-1',
          name: 'step',
          jar: 's3://us-west-2.elasticmapreduce/libs/script-runner/script-runner.jar',
          mainClass: null,
          properties: {},
          args: [`s3://scripts/scripts/0123/steps/${script}`, ...args],
        },
        { id: 'j-1', name: '', releaseLabel: 'emr-spark-8.0.0', region: '', logUri: null, tags: {}, instanceCount: 1 },
        { environment: {}, signal: new AbortController().signal, log: { stdout() {}, stderr() {} } },
      );
    expect(
      await run('run-notebook.sh', '--notebook', 's3://n/x', '--results', 's3://results/job/', '--run-id', 'r1'),
    ).toEqual({
      executed: false,
      reason: 'the Spark of emr-spark-8.0.0 is not installed on this machine (npm run spark:install)',
    });
    expect([...written.keys()]).toEqual(['s3://results/job/runs/r1/outcome.json']);
    expect([...written.values()][0]).toMatchObject({
      status: 'notExecuted',
      failure: null,
      reason:
        'The notebook was not executed: the Spark of emr-spark-8.0.0 is not installed on this machine (npm run spark:install).',
    });
    expect(await run('setup-zeppelin.sh')).toEqual({
      executed: false,
      reason: 'there is no Zeppelin on this machine',
    });
    expect(await run('something-else.sh')).toMatchObject({ executed: false });
  });
});
