import type { ParameterValue } from '../../shared/domain/parameters.ts';
import type { Run } from '../../shared/domain/run.ts';

type Parameters = Readonly<Record<string, ParameterValue>>;

/**
 * Parameters as an attribute of JSON text. DynamoDB's own numbers are not those of JSON: 1e-200 is too small for them,
 * and its client refuses to write a whole number that a double may have rounded.
 */
export const parametersAsText = {
  encode: (parameters: Parameters): string => JSON.stringify(parameters),
  // Earlier versions wrote a map.
  decode: (stored: string | Parameters): Parameters =>
    typeof stored === 'string' ? (JSON.parse(stored) as Parameters) : stored,
};

type StoredRun = Omit<Run, 'parameters'> & { readonly parameters: string | Parameters };

/** A run, or none, with its parameters as text. */
export const runWithText = {
  encode: (run: Run | null): StoredRun | null =>
    run === null ? null : { ...run, parameters: parametersAsText.encode(run.parameters) },
  decode: (stored: StoredRun | null): Run | null =>
    stored === null ? null : { ...stored, parameters: parametersAsText.decode(stored.parameters) },
};
