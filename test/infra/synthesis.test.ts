import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { bundleBudget } from '../../infra/bundle/bundle-budget.ts';
import { bundleLambda } from '../../infra/lambda-bundle.ts';
import { routes } from '../../shared/contract/api.ts';
import { openApiPaths } from '../../shared/contract/open-api-paths.ts';
import { readStageConfig } from '../../infra/stage-config.ts';
import { functionSettings } from './function-settings.ts';
import { synthesisedAnew } from './templates.ts';

const FEATURES = [
  'portal',
  'ssh-keys',
  'clusters',
  'sessions',
  'jobs',
  'runs',
  'people',
  'admin',
  'run-workflow',
  'upkeep',
] as const;

describe('a synthesis', () => {
  it('gives the same templates each time', () => {
    expect(JSON.stringify(synthesisedAnew())).toBe(JSON.stringify(synthesisedAnew()));
  });

  it('passes cdk-nag’s AwsSolutions, with a reason for every exception', () => {
    const directory = mkdtempSync(join(tmpdir(), 'atmo-nag-'));
    try {
      const { status, stderr, stdout } = spawnSync(process.execPath, ['infra/portal.ts'], {
        encoding: 'utf8',
        env: {
          ...process.env,
          CDK_OUTDIR: directory,
          CDK_VALIDATION: 'true',
          CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:bundling-stacks': [] }),
        },
      });
      const { pluginReports } = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as {
        pluginReports: { conclusion?: string; summary?: { status?: string }; violations?: unknown[] }[];
      };
      expect(`${stdout}${stderr}`).not.toContain('AwsSolutions-');
      expect(status).toBe(0);
      expect(pluginReports.flatMap(({ violations }) => violations ?? [])).toEqual([]);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it.each([
    [{ emr: { masterInstanceType: 'huge' } }, /masterInstanceType[\s\S]*|must be an EC2 instance type/],
    [{ network: { kind: 'existing', vpcId: 'mine', subnetIds: [] } }, /VPC id/],
    [{ emr: { sshRanges: ['everywhere'] } }, /IPv4 range/],
    [{ colour: 'red' }, /colour/],
  ])('refuses the settings %j and says what is allowed', (settings, message) => {
    expect(() => readStageConfig('test', { test: settings })).toThrow(message);
  });

  it('bundles a function to the same bytes wherever it is put, so that a deployment touches only what changed', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'atmo-bundle-'));
    try {
      const [near, far] = [join(directory, 'near'), join(directory, 'and', 'far', 'away')];
      for (const place of [near, far]) await bundleLambda('ssh-keys', place, 'us-west-2');
      for (const file of ['index.mjs', 'index.mjs.map']) {
        expect(readFileSync(join(near, file)).equals(readFileSync(join(far, file))), file).toBe(true);
      }
      const { sources } = JSON.parse(readFileSync(join(near, 'index.mjs.map'), 'utf8')) as { sources: string[] };
      expect(sources).toContain('../functions/ssh-keys/add-ssh-key.ts');
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('puts the description of the API beside the bundle of the function that answers it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'atmo-bundle-'));
    try {
      const { file } = await bundleLambda('portal', directory, 'us-west-2');
      const [, name = ''] = /new URL\("([^"]+)",import\.meta\.url\)/.exec(readFileSync(file, 'utf8')) ?? [];
      const described = JSON.parse(readFileSync(join(directory, name), 'utf8')) as unknown;
      expect(described).toEqual(JSON.parse(JSON.stringify(openApiPaths(routes))));
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('bundles the prices of its own Region alone', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'atmo-bundle-'));
    try {
      const { file } = await bundleLambda('clusters', directory, 'eu-west-3');
      const code = readFileSync(file, 'utf8');
      expect(code.match(/"[a-z0-9-]+":\{emrFrom:/g)).toEqual(['"eu-west-3":{emrFrom:']);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('names each instance type that has no price where the stage is deployed, and what to choose instead', () => {
    const inRegion =
      (region: string, emr: object = {}) =>
      () =>
        readStageConfig('test', { test: { emr } }, region);
    expect(inRegion('eu-west-1')).not.toThrow();
    expect(inRegion('sa-east-1')).toThrow(
      /emr\.masterInstanceType: 'm7g\.xlarge' has no price in sa-east-1\. Choose one of .*m6g\.xlarge.*npm run prices[\s\S]*emr\.coreInstanceType: 'm7g/,
    );
    expect(inRegion('eu-west-1', { coreInstanceType: 'x2gd.xlarge' })).toThrow(
      /deployed:\nemr\.coreInstanceType: 'x2gd\.xlarge' has no price in eu-west-1/,
    );
    expect(inRegion('us-moon-1')).toThrow(/Region us-moon-1 has no prices.*npm run prices/);
  });

  it.each(['Dev', 'x', 'dev-', 'a'.repeat(15)])('refuses the stage name %s', (name) => {
    expect(() => readStageConfig(name, { [name]: {} })).toThrow(/2 to 14 lower-case letters/);
  });

  it.each(['dev-cluster', 'job', 'a-job-b', 'dev-public'])(
    'refuses %s, whose clusters or buckets would be taken for another stage’s',
    (name) => {
      expect(() => readStageConfig(name, { [name]: {} })).toThrow(/'cluster', 'job' or 'public'/);
      expect(() => readStageConfig('jobs-dev', { 'jobs-dev': {} })).not.toThrow();
    },
  );

  it.each(['aws-dev', 'my-cognito'])('asks the stage %s for a domain prefix that Cognito takes', (name) => {
    expect(() => readStageConfig(name, { [name]: {} })).toThrow(/signIn\.domainPrefix: Give one/);
    expect(() => readStageConfig(name, { [name]: { signIn: { domainPrefix: 'atmo-dev' } } })).not.toThrow();
  });

  it('names the stages there are when asked for another', () => {
    expect(() => readStageConfig('nowhere', { dev: {} })).toThrow(/nowhere[\s\S]*dev/);
  });
});

describe('each function', () => {
  it.each(FEATURES)('%s is bundled within its budget and starts with the settings of the template', async (feature) => {
    const directory = mkdtempSync(join(tmpdir(), 'atmo-bundle-'));
    try {
      const { file, size, clients } = await bundleLambda(feature, directory, 'us-west-2');
      expect(size).toBeLessThanOrEqual(bundleBudget(feature, clients));
      const script = `const { handler } = await import(${JSON.stringify(file)}); console.log(typeof handler)`;
      const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], AWS_REGION: 'us-west-2', ...functionSettings(feature) },
      });
      expect(`${stdout}${stderr}`.trim()).toBe('function');
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
