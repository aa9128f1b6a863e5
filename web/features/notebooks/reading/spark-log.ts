import type { Output } from './notebook-model.ts';

/** What Spark's JVM logs by itself, with the time, as it starts and as it works. */
const LOGGED =
  /^(?:\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d (?:TRACE|DEBUG|INFO|WARN) |Setting default log level to |To adjust logging level use |WARNING: Using incubator modules)/;

/**
 * What two runs can have in common of a cell's outputs: not Spark's log, which is on the standard error of a cell on a cluster,
 * and in the driver's log on EMR Serverless.
 */
export const withoutSparkLog = (outputs: readonly Output[]): readonly Output[] =>
  outputs.flatMap((output) => {
    if (output.kind !== 'text' || output.label !== 'Standard error') return [output];
    const lines = output.excerpt.text.split('\n');
    const said = lines.filter((line) => !LOGGED.test(line));
    if (said.length === lines.length) return [output];
    const text = said.join('\n');
    return text.trim() === '' ? [] : [{ ...output, excerpt: { ...output.excerpt, text, styled: null } }];
  });
