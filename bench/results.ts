import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';

export interface Row {
  readonly [column: string]: string | number;
}

export interface Table {
  readonly title: string;
  /** What is measured, and how. */
  readonly explanation: string;
  readonly rows: readonly Row[];
  /** Sentences about what passed its gate. */
  readonly passed: readonly string[];
}

const markdown = (rows: readonly Row[]): string => {
  const columns = Object.keys(rows[0] ?? {});
  const line = (cells: readonly unknown[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((name) => row[name]))),
  ].join('\n');
};

const commit = (): string => {
  const git = (...words: string[]): string => execFileSync('git', words, { encoding: 'utf8' }).trim();
  const hash = git('rev-parse', '--short', 'HEAD');
  return git('status', '--porcelain', '--untracked-files=no') === '' ? hash : `${hash} with changes`;
};

const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, load ${(loadavg()[0] ?? 0).toFixed(1)}`;

const section = (part: string, tables: readonly Table[]): string =>
  [
    `## ${part}`,
    `${machine()}, ${new Date().toISOString().slice(0, 10)}, commit ${commit()}.`,
    ...tables.flatMap(({ title, explanation, rows }) => [`### ${title}`, explanation, markdown(rows)]),
  ].join('\n\n');

const BEGINNING = `# What was measured

\`npm run bench\` writes this page, and fails where a figure passes its gate. Each part says on which machine, when and at which commit it was measured last.`;

/**
 * Writes what was measured, with where and when, and leaves the other parts as they are.
 * @param measured the tables of each part
 * @param order of all parts
 */
export const writeResults = async (
  file: string,
  measured: ReadonlyMap<string, readonly Table[]>,
  order: readonly string[],
): Promise<void> => {
  const { format } = await import('prettier');
  const [, ...before] = readFileSync(file, 'utf8').split(/^## /m);
  const sections = new Map(before.map((text) => [text.slice(0, text.indexOf('\n')), `## ${text}`]));
  for (const [part, tables] of measured) sections.set(part, section(part, tables));
  const kept = order.flatMap((part) => sections.get(part) ?? []);
  writeFileSync(file, await format([BEGINNING, ...kept].join('\n\n'), { parser: 'markdown' }));
};
