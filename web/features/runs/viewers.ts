import type { RunFile } from '../../../shared/contract/routes/runs.ts';

export type Viewer = 'notebook' | 'image' | 'table' | 'text';

/** Maximum bytes of a file that is shown inline. */
const MAX_SHOWN = 10_000_000;

/** The same for a table, of which a hundred rows are read: Spark writes files of up to 128 MB. */
const MAX_TABLE_FILE = 150_000_000;

const LOGS = /(\.log|(^|\/)(stdout|stderr|syslog|controller))(\.gz)?$/i;

const NAMES: readonly (readonly [RegExp, Viewer])[] = [
  [/\.(ipynb|zpln)$/i, 'notebook'],
  [/\.(png|jpe?g|gif|webp)$/i, 'image'],
  [/\.(csv|tsv)(\.gz)?$|\.parquet$/i, 'table'],
  [/\.(txt|json|md|py|ya?ml)(\.gz)?$/i, 'text'],
  [LOGS, 'text'],
];

/** Logs, which are shown from their end. */
export const isLog = ({ name }: Pick<RunFile, 'name'>): boolean => LOGS.test(name);

/** The executed notebook, or note. */
export const isNotebook = ({ name }: Pick<RunFile, 'name'>): boolean => /^notebook\.(ipynb|zpln)$/.test(name);

/** What the runner itself writes; the notebook's own files are below a folder. */
export const isRunnersFile = ({ name }: Pick<RunFile, 'name'>): boolean =>
  /^(notebook\.\w+|outcome\.json|progress\.json|run\.log)$/.test(name);

/** The inline viewer of a file, if there is one. HTML is only opened from S3's separate origin. */
export const viewerOf = ({ name, size }: Pick<RunFile, 'name' | 'size'>): Viewer | null => {
  const viewer = NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
  return size > (viewer === 'table' ? MAX_TABLE_FILE : MAX_SHOWN) ? null : viewer;
};
