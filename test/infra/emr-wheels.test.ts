import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';

import { EmrWheels } from '../../infra/constructs/emr-wheels.ts';
import { folderOf, lockHash, setHash, wheelSetsOf } from '../../infra/wheels/wheel-sets.ts';
import { RELEASE_FAMILIES } from '../../shared/domain/emr-release-facts.ts';
import { synthesised } from './templates.ts';

const SETS = RELEASE_FAMILIES.flatMap(wheelSetsOf);
const COMMAND = path.resolve(import.meta.dirname, '../../infra/wheels/wheels.ts');

interface CopyProperties {
  readonly DestinationBucketKeyPrefix: string;
  readonly SourceObjectKeys: readonly string[];
  readonly Prune: boolean;
}

interface FileAsset {
  readonly source: { readonly executable?: readonly string[] };
  readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
}

describe('the Python packages of nodes', () => {
  it('are kept for every Python and machine of each release family', () => {
    expect(SETS.map((set) => `${set.family} ${folderOf(set)}`)).toEqual([
      'emr-7.x python3.11-x86_64',
      'emr-7.x python3.11-aarch64',
      'emr-7.x python3.9-x86_64',
      'emr-7.x python3.9-aarch64',
      'emr-spark-8.x python3.11-x86_64',
      'emr-spark-8.x python3.11-aarch64',
    ]);
    expect(new Set(SETS.map(setHash)).size).toBe(SETS.length);
  });

  it('lie in the EMR bucket under the hash of their lock, beside those of earlier deployments', () => {
    const copies = Object.values(synthesised().emr.Resources)
      .filter(({ Type }) => Type === 'Custom::CDKBucketDeployment')
      .map(({ Properties }) => Properties as unknown as CopyProperties)
      .filter(({ DestinationBucketKeyPrefix }) => DestinationBucketKeyPrefix.startsWith('wheels/'));
    expect(
      copies.map(({ DestinationBucketKeyPrefix, SourceObjectKeys, Prune }) => ({
        DestinationBucketKeyPrefix,
        SourceObjectKeys,
        Prune,
      })),
    ).toEqual(
      RELEASE_FAMILIES.map((family) => ({
        DestinationBucketKeyPrefix: `wheels/${lockHash(family)}`,
        SourceObjectKeys: wheelSetsOf(family).map(setHash),
        Prune: false,
      })),
    );
  });

  it('are collected by the CDK when it publishes assets, not by a synthesis', () => {
    const app = new App();
    const stack = new Stack(app, 'stack');
    new EmrWheels(stack, 'Wheels', { bucket: Bucket.fromBucketName(stack, 'Bucket', 'emr') });
    const assembly = app.synth();
    const manifest = JSON.parse(
      assembly.artifacts
        .map((artifact) => ('contents' in artifact ? JSON.stringify(artifact.contents) : ''))
        .find((text) => text.includes('"files"')) ?? '{}',
    ) as { readonly files: Readonly<Record<string, FileAsset>> };
    const commands = Object.values(manifest.files).flatMap(({ source, destinations }) =>
      source.executable === undefined
        ? []
        : [[...source.executable, ...Object.values(destinations).map(({ objectKey }) => objectKey)]],
    );
    rmSync(assembly.directory, { recursive: true, force: true });
    expect(commands).toEqual(SETS.map((set) => [process.execPath, COMMAND, set.family, folderOf(set), setHash(set)]));
  });

  it('fail a deployment with what is missing, where they cannot be collected', () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'atmo-wheels-'));
    const collect = (python: string, ...args: string[]) =>
      spawnSync(process.execPath, [COMMAND, ...args], {
        encoding: 'utf8',
        env: { ...process.env, ATMO_LOCAL_DIR: directory, PYTHON: python },
      });
    for (const python of ['/nowhere/python3', 'false'])
      expect(collect(python, 'emr-7.x', 'python3.11-x86_64')).toMatchObject({
        status: 1,
        stdout: '',
        stderr: expect.stringMatching(
          /^The Python packages of emr-7\.x for python3\.11-x86_64 could not be collected: clusters could not start without them\. This needs .* with pip or venv, and a way to PyPI; `npm run wheels` does it ahead of a deployment\./,
        ),
      });
    expect(collect('false', 'emr-7.x', 'python3.8-x86_64')).toMatchObject({
      status: 1,
      stderr: 'There are no Python packages for emr-7.x python3.8-x86_64.\n',
    });
    rmSync(directory, { recursive: true, force: true });
  });
});
