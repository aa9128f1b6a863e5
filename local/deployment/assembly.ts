import { readFileSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});

const Template = z.object({
  Resources: z.record(z.string(), Resource),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown() })).default({}),
  Parameters: z.record(z.string(), z.object({ Default: z.unknown() })).default({}),
});

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      properties: z.looseObject({ templateFile: z.string().optional(), stackName: z.string().optional() }).optional(),
    }),
  ),
});

const AssetManifest = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string().optional() }) })),
});

/** A stack as it was synthesised. */
export interface Stack {
  readonly name: string;
  readonly template: z.infer<typeof Template>;
}

/** A cloud assembly: what `cdk synth` wrote. */
export interface Assembly {
  readonly stacks: readonly Stack[];
  /** Directories and files that would be uploaded, by their hash; without those that a deployment makes by a command. */
  readonly assets: ReadonlyMap<string, string>;
}

const readJson = <T>(schema: z.ZodType<T>, file: string): T => schema.parse(JSON.parse(readFileSync(file, 'utf8')));

export const readAssembly = (directory: string): Assembly => {
  const { artifacts } = readJson(Manifest, path.join(directory, 'manifest.json'));
  const stacks = Object.entries(artifacts).flatMap(([id, { type, properties }]) => {
    if (type !== 'aws:cloudformation:stack' || properties?.templateFile === undefined) return [];
    const template = readJson(Template, path.join(directory, properties.templateFile));
    return [{ name: properties.stackName ?? id, template }];
  });
  const assets = Object.entries(artifacts).flatMap(([id, { type }]) => {
    if (type !== 'cdk:asset-manifest') return [];
    const { files } = readJson(AssetManifest, path.join(directory, `${id}.json`));
    return Object.entries(files).flatMap(([hash, { source }]) =>
      source.path === undefined ? [] : [[hash, path.resolve(directory, source.path)] as const],
    );
  });
  return { stacks, assets: new Map(assets) };
};
