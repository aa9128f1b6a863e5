import type { RunFile } from '../../../shared/contract/routes/runs.ts';

export type Viewer = 'notebook' | 'image' | 'text';

/** Bytes; more than that is for a program on the person's machine. */
const MAX_SHOWN = 10_000_000;

const NAMES: readonly (readonly [RegExp, Viewer])[] = [
  [/\.(ipynb|zpln)$/i, 'notebook'],
  [/\.(png|jpe?g|gif|webp)$/i, 'image'],
  [/\.(txt|log|csv|tsv|json|md|py|ya?ml)(\.gz)?$/i, 'text'],
  [/(^|\/)(stdout|stderr|syslog|controller)(\.gz)?$/i, 'text'],
];

/** How a file can be shown in place, if it can. Markup is left to the store's own, separate origin. */
export const viewerOf = ({ name, size }: Pick<RunFile, 'name' | 'size'>): Viewer | null =>
  size > MAX_SHOWN ? null : (NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? null);
