import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { lockHash } from '../../infra/wheels/wheel-sets.ts';
import { unpackedWheels } from './node-wheels.ts';
import { scratchNode } from './scratch-node.ts';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJqfG1q0QkqWk5gq2h3H2r0b7p4mH0m5y3b8m7n0u5aB';
const SCRIPTS = ['--scripts', 's3://atmo-test-emr/scripts/0123abcd', '--family', 'emr-7.x'];
const OPTIONS = [
  ...SCRIPTS,
  ...['--public-key', `${KEY} alice's laptop $(id)`, '--email', 'alice@example.com'],
  ...['--timeout', '8', '--environment', 'test'],
];

describe('bootstrap.sh', () => {
  const node = scratchNode();
  afterAll(() => node.remove());

  it.each([
    [['--unknown', 'x'], 'unknown option --unknown'],
    [['--public-kez', KEY], 'unknown option --public-kez'],
    [['stray', 'word'], 'unknown option stray'],
    [['--timeout'], 'option --timeout needs a value'],
    [['--timeout', '8h'], '--timeout is not a number of hours'],
    [['--timeout', '0'], '--timeout is not a number of hours'],
    [['--public-key', `command="id" ${KEY}`], '--public-key is not a public key in one line'],
    [['--public-key', `${KEY}\nssh-rsa AAAA`], '--public-key is not a public key in one line'],
    [['--home', 'subnet-1=10.0.0.5;id'], '--home is not a list of subnets and addresses'],
    [['--home', 'subnet-1=10.0.0.5,-o bind'], '--home is not a list of subnets and addresses'],
    [['--home', 'fs-1.example'], '--home is not a list of subnets and addresses'],
    [['--email', 'a@b\nc'], '--email is not one line'],
    [['--family', 'emr-7.x', '--scripts', 'https://example.com/x'], '--scripts is not an S3 location'],
    [['--environment', 'a b'], '--environment is not a name'],
    [[], '--family is not a release family'],
    [['--family', 'emr-7.x'], '--wheels is neither an S3 location nor a folder'],
    [['--family', 'emr-7.x', '--wheels', 'https://example.com/x'], '--wheels is neither an S3 location nor a folder'],
    [['--family', '../etc'], '--family is not a release family'],
  ])('refuses %j', async (options, reason) => {
    const before = node.snapshot();
    const { status, output } = await node.bootstrap(...options);
    expect(status).toBe(1);
    expect(output).toContain(`bootstrap: ${reason}`);
    expect(node.snapshot()).toEqual(before);
  });

  it('fails loudly and keeps the log when its scripts cannot be fetched', async () => {
    node.setMaster(true);
    node.fake('aws', 'echo "fatal error: Access Denied" >&2; exit 1');
    const { status, output } = await node.bootstrap(...OPTIONS);
    expect(status).not.toBe(0);
    expect(output).toMatch(/Access Denied\nbootstrap: line \d+ failed: aws s3 cp/);
    expect(node.read('var/log/atmo/bootstrap.log')).toContain('Access Denied');
    expect(node.exists('opt/atmo')).toBe(false);
  });

  it('installs what the Spark of the other family works with', async () => {
    const wheels = unpackedWheels('emr-spark-8.x');
    const other = scratchNode(wheels.folder);
    other.setMaster(false);
    other.fake('python3.11', `exec ${wheels.python} "$@"`);
    const { status, output } = await other.bootstrap(...SCRIPTS.slice(0, 2), '--family', 'emr-spark-8.x');
    expect(status, output).toBe(0);
    const script = 'import numpy, pandas, pyarrow; print(numpy.__version__, pandas.__version__)';
    const python = other.inside('opt/atmo/venv/bin/python');
    expect(execFileSync(python, ['-c', script], { encoding: 'utf8' })).toMatch(/^2\.\S+ 2\./);
    other.remove();
    wheels.remove();
  });

  it('fails with what to do where its packages are not in the bucket', async () => {
    const bare = scratchNode();
    bare.setMaster(false);
    const { status, output } = await bare.bootstrap(...OPTIONS);
    expect(status).not.toBe(0);
    expect(output).toContain(`has its wheels in s3://atmo-test-emr/wheels/${lockHash('emr-7.x')}. Deploy again.`);
    expect(bare.exists('opt/atmo/venv')).toBe(false);
    bare.remove();
  });

  describe('on a master', () => {
    // The node as the first run left it.
    let first: Record<string, string>;
    const wheels = unpackedWheels('emr-7.x');
    const own = scratchNode(wheels.folder);
    beforeAll(async () => {
      own.fake('python3.11', `exec ${wheels.python} "$@"`);
      own.setMaster(true);
      // EMR has put the cluster's EC2 key there, and somebody forgot the end of the line.
      execFileSync('mkdir', ['-p', own.inside('home/hadoop/.ssh')]);
      writeFileSync(own.inside('home/hadoop/.ssh/authorized_keys'), 'ssh-rsa AAAAB3NzaC1yc2E= ec2-key-pair');
      const { status, output } = await own.bootstrap(...OPTIONS);
      if (status !== 0) throw new Error(output);
      first = own.snapshot();
    });
    afterAll(() => {
      own.remove();
      wheels.remove();
    });

    it('fetches its scripts and starts its services', () => {
      const calls = own.calls();
      expect(calls[0]).toMatch(
        /^aws s3 cp --recursive --only-show-errors s3:\/\/atmo-test-emr\/scripts\/0123abcd\/ \/\S+\/$/,
      );
      // No registry is asked: these two are all that is fetched.
      expect(calls.filter((call) => call.startsWith('aws'))).toEqual([
        calls[0],
        expect.stringMatching(
          new RegExp(
            String.raw`^aws s3 cp --recursive --only-show-errors s3://atmo-test-emr/wheels/${lockHash('emr-7.x')}/python3\.11-\w+/ `,
          ),
        ),
      ]);
      expect(calls).toContain('systemctl daemon-reload');
      expect(calls).toContain('systemctl enable --now atmo-jupyter.service atmo-idle-check.timer');
      // For `%pip install`.
      expect(calls).toContain(`chown -R ${userInfo().username}: ${own.inside('opt/atmo/venv')}`);
      expect(own.read('etc/systemd/system/atmo-jupyter.service')).toMatch(/Restart=always[^]*OOMPolicy=continue/);
      expect(own.read('opt/atmo/emr/jupyter/jupyter_server_config.py')).toContain('c.ServerApp.ip = "127.0.0.1"');
      expect(own.mode('opt/atmo/emr/steps/run-notebook.sh')).toBe('755');
      expect(own.read('var/log/atmo/bootstrap.log')).toContain('bootstrap: done (test, for alice@example.com)');
    });

    it('adds the public key once, beside what is there', () => {
      expect(own.read('home/hadoop/.ssh/authorized_keys')).toBe(
        `ssh-rsa AAAAB3NzaC1yc2E= ec2-key-pair\n${KEY} alice's laptop $(id)\n`,
      );
      expect(own.mode('home/hadoop/.ssh')).toBe('700');
      expect(own.mode('home/hadoop/.ssh/authorized_keys')).toBe('600');
    });

    it('installs what notebooks run in, pinned, with the PySpark kernel of EMR', () => {
      const python = own.inside('opt/atmo/venv/bin/python');
      const script =
        'import jupyterlab, papermill, nbconvert, ipykernel, boto3, pyarrow, matplotlib; from importlib.metadata import version; print(version("papermill"))';
      expect(execFileSync(python, ['-c', script], { encoding: 'utf8' })).toMatch(/^2\.\d+\.\d+\n$/);
      const kernel = JSON.parse(own.read('opt/atmo/venv/share/jupyter/kernels/pyspark/kernel.json')) as {
        argv: string[];
        env: Record<string, string>;
      };
      expect(kernel.argv[0]).toBe(python);
      expect(kernel.env).toMatchObject({
        SPARK_HOME: '/usr/lib/spark',
        PYSPARK_PYTHON: python,
        PATH: `${path.dirname(python)}:\${PATH}`,
        PYTHONPATH: own.inside('opt/atmo/emr/kernel'),
      });
    });

    it('keeps a home on the node where there is no EFS', () => {
      expect(own.mode('mnt/atmo/home')).toBe('711');
      expect(own.mode('mnt/atmo/home/zeppelin')).toBe('777');
      expect(first['home/hadoop/work']).toContain(own.inside('mnt/atmo/home'));
    });

    it('plans the last safety net an hour after the time', async () => {
      own.calls();
      rmSync(own.inside('run/systemd/shutdown/scheduled'));
      const { status, output } = await own.bootstrap(...OPTIONS);
      expect(status, output).toBe(0);
      expect(own.calls().filter((call) => call.startsWith('shutdown'))).toEqual([
        'shutdown -h +540 ATMO: the time of this cluster is over',
      ]);
    });

    it('changes nothing in a second run', async () => {
      own.calls();
      const { status, output } = await own.bootstrap(...OPTIONS);
      expect(status, output).toBe(0);
      expect(own.snapshot()).toEqual(first);
      expect(own.calls().filter((call) => !/^(mountpoint|chown) /.test(call))).toEqual([]);
    });

    it('does not take a key for another because of its comment', async () => {
      await own.bootstrap(...SCRIPTS, '--public-key', `${KEY} another comment`);
      expect(own.read('home/hadoop/.ssh/authorized_keys').match(/ssh-ed25519/g)).toHaveLength(1);
    });

    it('mounts the home where there is one on EFS', async () => {
      own.calls();
      const { status, output } = await own.bootstrap(...SCRIPTS, '--home', 'subnet-a=10.71.0.5');
      expect(status, output).toBe(0);
      const mounts = own.calls().filter((call) => call.startsWith('mount '));
      expect(mounts).toEqual([expect.stringContaining(` 10.71.0.5:/ ${own.inside('mnt/atmo/home')}`)]);
    });

    it('leaves keys, homes and Jupyter to the master', async () => {
      own.setMaster(false);
      rmSync(own.inside('home/hadoop/.ssh'), { recursive: true });
      rmSync(own.inside('etc/systemd/system'), { recursive: true });
      const { status, output } = await own.bootstrap(...OPTIONS);
      expect(status, output).toBe(0);
      expect(own.exists('home/hadoop/.ssh')).toBe(false);
      expect(own.exists('etc/systemd/system')).toBe(false);
    });
  });
});
