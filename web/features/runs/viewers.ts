import type { RunFile } from '../../../shared/contract/routes/runs.ts';

export type Viewer = 'notebook' | 'image' | 'text';

/** Bytes; more than that is for a program on the person's machine. */
const MAX_SHOWN = 10_000_000;

const LOGS = /(\.log|(^|\/)(stdout|stderr|syslog|controller))(\.gz)?$/i;

const NAMES: readonly (readonly [RegExp, Viewer])[] = [
  [/\.(ipynb|zpln)$/i, 'notebook'],
  [/\.(png|jpe?g|gif|webp)$/i, 'image'],
  [/\.(txt|csv|tsv|json|md|py|ya?ml)(\.gz)?$/i, 'text'],
  [LOGS, 'text'],
];

/** What a program said while it ran, the last of it last. */
export const isLog = ({ name }: Pick<RunFile, 'name'>): boolean => LOGS.test(name);

/** How a file can be shown in place, if it can. Markup is left to the store's own, separate origin. */
export const viewerOf = ({ name, size }: Pick<RunFile, 'name' | 'size'>): Viewer | null =>
  size > MAX_SHOWN ? null : (NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? null);
