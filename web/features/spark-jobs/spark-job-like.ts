import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { fetchFile, urlOf } from '../../lib/api.ts';
import { newSparkJob, presentSparkJob, type SparkJobInput } from './spark-job-input.ts';

/** What the form of a job like an earlier one starts with: all but its identifier, its dates and a release not offered any more. */
export const sparkJobLike = (
  earlier: SparkJobView,
  defaults: RouteOutput<Routes['getSparkJobDefaults']>,
  offered: readonly { readonly version: string }[],
  now: number,
): SparkJobInput => {
  const { identifier, hasEnd, end, emrRelease, isEnabled } = newSparkJob(defaults, now);
  const like = presentSparkJob(earlier, now);
  return {
    ...like,
    identifier,
    hasEnd,
    end,
    isEnabled,
    size: String(Math.min(earlier.size, defaults.maxSize)),
    timeout: String(Math.min(earlier.timeout, defaults.maxTimeout)),
    emrRelease: offered.some(({ version }) => version === like.emrRelease) ? like.emrRelease : emrRelease,
  };
};

/** The notebook of a job, to be uploaded for another one. */
export const notebookOf =
  ({ identifier, notebook }: Pick<SparkJobView, 'identifier' | 'notebook'>) =>
  async (signal: AbortSignal): Promise<File> => {
    const file = await (await fetchFile(urlOf('getNotebook', { identifier }), signal)).blob();
    return new File([file], notebook.name);
  };
