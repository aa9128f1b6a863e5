import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

/** Bytes over the wire of what a browser loads for a page, before any data. */
export interface PageSize {
  readonly page: string;
  readonly gzip: number;
  readonly brotli: number;
}

const CONFIG = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
const PAGES = /\/features\/[\w-]+\/([\w-]+-page)\.tsx$/;

type Files = ReadonlyMap<string, Rolldown.OutputChunk | Rolldown.OutputAsset>;

/** A chunk's own file, those it needs before it runs, and their styles. */
const filesOf = (name: string, files: Files, found: Set<string>): Set<string> => {
  const file = files.get(name);
  if (file === undefined || found.has(name)) return found;
  found.add(name);
  if (file.type !== 'chunk') return found;
  for (const imported of file.imports) filesOf(imported, files, found);
  for (const style of file.viteMetadata?.importedCss ?? []) found.add(style);
  return found;
};

type Weight = Pick<PageSize, 'gzip' | 'brotli'>;

/** Approximate size of a file after compression by CloudFront. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

const weightOf = (file: Rolldown.OutputChunk | Rolldown.OutputAsset): Weight => {
  const content = Buffer.from(file.type === 'chunk' ? file.code : file.source);
  return { gzip: gzipSync(content).length, brotli: brotliCompressSync(content, BROTLI).length };
};

/** Builds the pages in memory and returns what each page loads when it is opened first. */
export const pageSizes = async (): Promise<PageSize[]> => {
  const built = await build({ configFile: CONFIG, logLevel: 'silent', build: { write: false } });
  if (!('output' in built)) throw new Error('Vite returned more than one output.');
  const files: Files = new Map(built.output.map((file) => [file.fileName, file]));
  const chunks = built.output.filter((file) => file.type === 'chunk');
  const entry = chunks.find(({ isEntry }) => isEntry);
  if (entry === undefined) throw new Error('The build has no entry chunk.');
  const weights = new Map(built.output.map((file) => [file.fileName, weightOf(file)]));
  const sum = (names: Iterable<string>, of: keyof Weight): number =>
    Array.from(names).reduce((total, name) => total + (weights.get(name)?.[of] ?? 0), 0);
  return chunks.flatMap(({ facadeModuleId, fileName }) => {
    const page = PAGES.exec(facadeModuleId ?? '')?.[1];
    if (page === undefined) return [];
    const names = filesOf(fileName, files, filesOf(entry.fileName, files, new Set()));
    return [{ page, gzip: sum(names, 'gzip'), brotli: sum(names, 'brotli') }];
  });
};

/** The page that people open first most often. */
export const FIRST_PAGE = 'dashboard-page';

/** Bytes of JavaScript and CSS over the wire, for the first page and for any other. */
const FIRST_PAGE_BUDGET = 330_000;
const PAGE_BUDGET = 360_000;

export const budgetOf = (page: string): number => (page === FIRST_PAGE ? FIRST_PAGE_BUDGET : PAGE_BUDGET);

/** Pages over their budget. */
export const overweight = (sizes: readonly PageSize[]): readonly PageSize[] =>
  sizes.filter(({ page, gzip }) => gzip > budgetOf(page));
