import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
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

/** Writes what was measured, with where and when. */
export const writeResults = async (file: string, tables: readonly Table[]): Promise<void> => {
  const { format } = await import('prettier');
  const text = [
    '# What was measured',
    '',
    '`npm run bench` writes this page, and fails where a figure passes its gate.',
    '',
    `- Machine: ${machine()}`,
    `- Date: ${new Date().toISOString().slice(0, 10)}`,
    `- Commit: ${commit()}`,
    ...tables.flatMap(({ title, explanation, rows }) => ['', `## ${title}`, '', explanation, '', markdown(rows)]),
    '',
  ].join('\n');
  writeFileSync(file, await format(text, { parser: 'markdown' }));
};
