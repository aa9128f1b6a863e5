import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import { noteLoss, setAside } from './data-loss.ts';

/**
 * Reads a file to which each change was appended as a line of JSON. A last line without its end was being written when
 * the process was killed, before anybody was told: it is dropped. Other lines that cannot be read are data that is lost.
 * @param parse throws where a line is not what it should be
 */
export const readLineFile = <T>(file: string, parse: (line: unknown) => T): T[] => {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  const torn = lines.pop() ?? '';
  const kept: string[] = [];
  const entries: T[] = [];
  for (const line of lines) {
    try {
      entries.push(parse(JSON.parse(line)));
      kept.push(`${line}\n`);
    } catch {
      // Counted below.
    }
  }
  const lost = lines.length - kept.length;
  if (torn !== '') console.error(`The last line of ${file} was not whole and is dropped.`);
  if (lost > 0)
    noteLoss(`${lost} of ${lines.length} entries in ${file} are damaged. The file as it was: ${setAside(file)}`);
  // Otherwise the next line would continue the torn one.
  if (torn !== '' || lost > 0) writeFileSync(file, kept.join(''));
  return entries;
};
