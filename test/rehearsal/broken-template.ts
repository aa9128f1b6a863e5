import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Template {
  readonly Resources: Readonly<Record<string, unknown>>;
}

interface Manifest {
  readonly artifacts: Readonly<
    Record<string, { readonly properties?: { readonly stackTemplateAssetObjectUrl?: string } }>
  >;
}

/** CloudWatch takes names of 255 characters at most; CloudFormation finds out when it comes to it, last of all. */
const broken = (after: readonly string[]) => ({
  Type: 'AWS::CloudWatch::Dashboard',
  Properties: { DashboardName: 'x'.repeat(256), DashboardBody: '{}' },
  DependsOn: after,
});

/**
 * Adds to a stack what cannot be made. The template gets another hash too: the CDK uploads none twice.
 * @returns what puts everything back
 */
export const breakTemplate = (assembly: string, stack: string): (() => void) => {
  const files = ['manifest.json', `${stack}.assets.json`, `${stack}.template.json`].map((file) => join(assembly, file));
  const whole = files.map((file) => readFileSync(file, 'utf8'));
  const [manifest = '', assets = '', template = ''] = whole;
  const url = (JSON.parse(manifest) as Manifest).artifacts[stack]?.properties?.stackTemplateAssetObjectUrl ?? '';
  const hash = /([0-9a-f]{64})\.json$/.exec(url)?.[1] ?? '';
  const rehashed = (text: string) => text.replaceAll(hash, hash.replace(/^.{8}/, 'deadbeef'));
  const { Resources, ...rest } = JSON.parse(template) as Template;
  const changed = JSON.stringify({ ...rest, Resources: { ...Resources, Broken: broken(Object.keys(Resources)) } });
  const write = (texts: readonly string[]) => files.forEach((file, index) => writeFileSync(file, texts[index] ?? ''));
  write([rehashed(manifest), rehashed(assets), changed]);
  return () => write(whole);
};
