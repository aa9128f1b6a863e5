import { cellsOf, completedCells, isDamagedCell, MAX_CELLS, MAX_OUTPUTS, outputCount } from './notebook-cells.ts';
import { refused, type FormatCheck } from './notebook-check.ts';
import { isMissing, isObject, type Json } from './notebook-json.ts';
import { languageOf, type NotebookLanguage } from './notebook-language.ts';
import { cellWarnings } from './notebook-warnings.ts';
import { offeredParameters } from './offered-parameters.ts';

const KERNELSPEC = { name: 'python3', display_name: 'Python 3', language: 'python' };
const LANGUAGE_INFO = { name: 'python' };
/** From 4.5 on each cell has an id. */
const NEWEST_MINOR = 5;

const formatProblem = ({ nbformat, cells, paragraphs, metadata }: Json): string | null => {
  if (Array.isArray(paragraphs) && cells === undefined)
    return 'This is a Zeppelin note. Give the file the ending .json or .zpln and upload it again.';
  if (typeof nbformat !== 'number')
    return 'This is JSON but not a Jupyter notebook: nbformat is missing. Save the notebook in Jupyter and upload that file.';
  if (nbformat !== 4)
    return `The notebook has format ${nbformat}; format 4 is needed. Open it in a current Jupyter, save it and upload it again.`;
  if (!isMissing(metadata) && !isObject(metadata))
    return 'The metadata of the notebook is damaged. Save it in Jupyter and upload that file.';
  return null;
};

const cellsProblem = (cells: unknown): string | null => {
  if (!Array.isArray(cells) || cells.length === 0)
    return 'The notebook has no cells. Save it in Jupyter and upload that file.';
  if (cells.length > MAX_CELLS)
    return `The notebook has ${cells.length} cells; at most ${MAX_CELLS} are allowed. Split it into several notebooks.`;
  const damaged = cells.findIndex(isDamagedCell);
  if (damaged !== -1) return `Cell ${damaged + 1} of the notebook is damaged. Save it in Jupyter and upload that file.`;
  return outputCount(cells as Json[]) > MAX_OUTPUTS
    ? `The notebook has over ${MAX_OUTPUTS} outputs. Clear its outputs and upload it again.`
    : null;
};

const languageWarnings = ({ version }: NotebookLanguage): readonly string[] =>
  version?.startsWith('2') === true
    ? [
        `The notebook was saved with Python ${version.slice(0, 20)}. Runs use Python 3: print statements and other old code fail.`,
      ]
    : [];

/** Validates a Jupyter notebook and fills in parts that its format requires and the file lacks. */
export const checkJupyter = (file: Json): FormatCheck => {
  const problem = formatProblem(file) ?? cellsProblem(file['cells']);
  if (problem !== null) return refused(problem);
  const metadata = isObject(file['metadata']) ? file['metadata'] : {};
  const language = languageOf(metadata);
  if (!language.isPython)
    return refused(
      `The notebook is written in ${(language.name ?? '').slice(0, 50)}. Jupyter notebooks run in Python (PySpark). ` +
        'Write it in Python, or use a Zeppelin note on the cluster engine for Scala, SQL or R.',
    );
  const minor = file['nbformat_minor'];
  const nbformatMinor = typeof minor === 'number' && Number.isInteger(minor) && minor >= 0 ? minor : NEWEST_MINOR;
  const completed = {
    ...file,
    metadata: {
      ...metadata,
      kernelspec: isObject(metadata['kernelspec']) ? metadata['kernelspec'] : KERNELSPEC,
      language_info: isObject(metadata['language_info']) ? metadata['language_info'] : LANGUAGE_INFO,
    },
    nbformat_minor: nbformatMinor,
    cells: completedCells(file['cells'] as Json[], nbformatMinor >= NEWEST_MINOR),
  };
  const cells = cellsOf(completed.cells);
  return {
    kind: 'jupyter',
    problem: null,
    language: 'python',
    cells: cells.length,
    parameters: offeredParameters(cells),
    warnings: [...languageWarnings(language), ...cellWarnings(cells)],
    completed,
  };
};
