import type { RunFile } from '../../../shared/contract/routes/runs.ts';

export type Viewer = 'notebook' | 'image' | 'text';

/** Maximum bytes of a file that is shown inline. */
const MAX_SHOWN = 10_000_000;

const LOGS = /(\.log|(^|\/)(stdout|stderr|syslog|controller))(\.gz)?$/i;

const NAMES: readonly (readonly [RegExp, Viewer])[] = [
  [/\.(ipynb|zpln)$/i, 'notebook'],
  [/\.(png|jpe?g|gif|webp)$/i, 'image'],
  [/\.(txt|csv|tsv|json|md|py|ya?ml)(\.gz)?$/i, 'text'],
  [LOGS, 'text'],
];

/** Logs, which are shown from their end. */
export const isLog = ({ name }: Pick<RunFile, 'name'>): boolean => LOGS.test(name);

/** The inline viewer of a file, if there is one. HTML is only opened from S3's separate origin. */
export const viewerOf = ({ name, size }: Pick<RunFile, 'name' | 'size'>): Viewer | null =>
  size > MAX_SHOWN ? null : (NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? null);
