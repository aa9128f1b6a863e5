import { plusHours, toInstant } from '../../../shared/domain/instant.ts';
import { fetchFile, send } from '../../lib/api.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { uploadNotebook } from '../spark-jobs/upload-notebook.ts';
import notebookUrl from './example-notebook.ipynb?url';

/** Hours. The run takes minutes; the interval is longer than the job lives, so that it runs once. */
export const EXAMPLE = { size: 1, timeout: 1, schedule: { type: 'interval', hours: 24 }, lifetime: 2 } as const;

/** Identifiers are unique in the whole portal and belong to their owner for good. */
const exampleIdentifier = (): string => `example-${crypto.randomUUID().slice(0, 8)}`;

/**
 * Uploads the example notebook as the person's own, as a Spark job that runs once, now.
 * @returns the job's identifier
 * @throws ApiError
 */
export const startExample = async (): Promise<string> => {
  const response = await fetchFile(notebookUrl);
  const file = new File([await response.blob()], 'example.ipynb', { type: 'application/json' });
  const notebookUploadId = await uploadNotebook(file, () => undefined, new AbortController().signal);
  const { lifetime, ...settings } = EXAMPLE;
  const { identifier } = await send('createSparkJob', {
    ...settings,
    identifier: exampleIdentifier(),
    description: 'An example: counts how digits are spread. It runs once.',
    notebookUploadId,
    endDate: plusHours(toInstant(serverNow()), lifetime),
  });
  return identifier;
};
