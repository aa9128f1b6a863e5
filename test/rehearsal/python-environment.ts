import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { command } from './command.ts';
import { RehearsalStopped } from './rehearsal-stopped.ts';

export interface PythonEnvironment {
  /** Folder of its programs, among them `python` and `aws`. */
  readonly bin: string;
  /** PEM files of a certificate authority of this environment's own, for the names of AWS. */
  readonly tls: { readonly ca: string; readonly cert: string; readonly key: string };
}

const REQUIREMENTS = new URL('requirements.txt', import.meta.url);

/** What the emulator answers for over TLS. */
const tlsNames = (region: string): readonly string[] => [
  'localhost',
  '127.0.0.1',
  '*.execute-api.localhost',
  `*.execute-api.${region}.amazonaws.com`,
  '*.cloudfront.net',
  `*.auth.${region}.amazoncognito.com`,
  `cognito-idp.${region}.amazonaws.com`,
];

const requirePython = (): void => {
  const { status } = spawnSync('python3', ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))']);
  if (status !== 0) {
    throw new RehearsalStopped(
      'The rehearsal needs Python 3.10 or newer with its venv module (on Debian: apt install python3 python3-venv).',
    );
  }
};

/** The AWS CLI that the CDK carries for its own functions. */
const unpackAwsCli = async (directory: string, python: string, log: string): Promise<void> => {
  const resolve = createRequire(import.meta.url).resolve;
  const archive = join(dirname(resolve('@aws-cdk/asset-awscli-v1/package.json')), 'lib', 'layer.zip');
  await command(python, ['-m', 'zipfile', '-e', archive, directory], { log });
};

/** `aws` with its endpoint on the command line: this version of the CLI does not look for one elsewhere for every service. */
const writeAwsCommand = (directory: string, python: string): void => {
  const script = `#!/bin/sh\nexec '${python}' '${join(directory, 'awscli', 'aws')}' --endpoint-url "$AWS_ENDPOINT_URL" "$@"\n`;
  writeFileSync(join(dirname(python), 'aws'), script, { mode: 0o755 });
};

/**
 * A Python environment with the emulator in it, made once for each version of `requirements.txt`.
 * @throws RehearsalStopped where Python is missing or a package cannot be had
 */
export const pythonEnvironment = async (
  directory: string,
  { region, log, progress }: { region: string; log: string; progress: (text: string) => void },
): Promise<PythonEnvironment> => {
  requirePython();
  const environment = join(directory, 'python');
  const bin = join(environment, 'bin');
  const python = join(bin, 'python');
  const tls = join(environment, 'tls');
  const marker = join(environment, 'made-from');
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).update(tlsNames(region).join()).digest('hex');
  if (!existsSync(marker) || readFileSync(marker, 'utf8') !== wanted) {
    progress('Making a Python environment with the emulator (once, about half a minute) …');
    rmSync(environment, { recursive: true, force: true });
    await command('python3', ['-m', 'venv', environment], { log });
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'];
    await command(python, [...install, '--requirement', REQUIREMENTS.pathname], { log });
    mkdirSync(tls);
    await command(python, ['-m', 'trustme', '--quiet', '--dir', tls, '--identities', ...tlsNames(region)], { log });
    await unpackAwsCli(environment, python, log);
    writeFileSync(marker, wanted);
  }
  writeAwsCommand(environment, python);
  return { bin, tls: { ca: join(tls, 'client.pem'), cert: join(tls, 'server.pem'), key: join(tls, 'server.key') } };
};
