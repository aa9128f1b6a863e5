import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';

/**
 * Names the sources in stack traces, as Node's `--enable-source-maps` does. That reads the map whenever a process starts, which is a
 * seventh of the start of a function; this reads it with the first trace that is looked at. It stands at the beginning of each bundle.
 */
let map: SourceMap | null | undefined;

const readMap = (): SourceMap | null => {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${import.meta.filename}.map`, 'utf8')) as SourceMapPayload);
  } catch {
    // A trace without names is better than an error in place of the error.
    return null;
  }
};

/** As V8 writes it, which the types leave out. */
const written = (site: { toString(): string }): string => site.toString();

const frameOf = (site: NodeJS.CallSite): string => {
  if (site.getFileName() !== import.meta.url) return written(site);
  map = map === undefined ? readMap() : map;
  const origin = map?.findOrigin(site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0);
  if (origin === undefined || !('fileName' in origin)) return written(site);
  const { fileName, lineNumber, columnNumber } = origin;
  return `${site.getFunctionName() ?? '<anonymous>'} (${fileName}:${lineNumber}:${columnNumber})`;
};

Error.prepareStackTrace = (error: unknown, sites) =>
  [String(error), ...sites.map((site) => `    at ${frameOf(site)}`)].join('\n');
