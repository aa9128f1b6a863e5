import { isObject, type Json } from './notebook-json.ts';

/** Kernels whose name alone tells the language; the last three are EMR's (sparkmagic). */
const LANGUAGE_OF_KERNEL: readonly (readonly [RegExp, string])[] = [
  [/^(i?python|pyspark|xpython)/, 'Python'],
  [/^(ir|irkernel|xr)\d*$|^sparkr/, 'R'],
  [/^(scala|almond|spylon|apache_toree_scala|sparkkernel)/, 'Scala'],
  [/^julia/, 'Julia'],
  [/^(bash|calysto_bash)/, 'Bash'],
];

const textAt = (value: unknown, name: string): string => {
  const found = isObject(value) ? value[name] : undefined;
  return typeof found === 'string' ? found.trim() : '';
};

const isPython = (language: string): boolean => /^(i?python|pyspark)[\d.]*$/i.test(language);

export interface NotebookLanguage {
  /** Null where the notebook does not say. */
  readonly name: string | null;
  readonly isPython: boolean;
  /** The version of Python that it was saved with; null where it does not say. */
  readonly version: string | null;
}

/**
 * What a Jupyter notebook is written in. It is Python where its kernel, the kernel's language or the recorded language says so:
 * EMR's own PySpark notebooks leave the kernel's language empty.
 */
export const languageOf = ({ kernelspec, language_info: info }: Json): NotebookLanguage => {
  const kernel = textAt(kernelspec, 'name').toLowerCase();
  const byKernel = LANGUAGE_OF_KERNEL.find(([pattern]) => pattern.test(kernel))?.[1] ?? '';
  const named = [textAt(kernelspec, 'language'), textAt(info, 'name'), byKernel].filter((name) => name !== '');
  const version = textAt(info, 'version');
  if (named.some(isPython)) return { name: 'Python', isPython: true, version: version === '' ? null : version };
  return { name: named[0] ?? null, isPython: named.length === 0, version: null };
};
