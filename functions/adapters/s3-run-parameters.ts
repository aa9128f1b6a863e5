import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

import type { Setting } from '../../shared/contract/environment.ts';
import { parametersKey } from '../../shared/domain/run.ts';
import type { RunParameters } from '../ports/run-parameters.ts';
import { fromAws } from './aws-errors.ts';
import { S3_SETTINGS, s3Client } from './s3-client.ts';

export const RUN_PARAMETERS_SETTINGS = [...S3_SETTINGS, 'notebooksBucket'] as const satisfies readonly Setting[];

type RunParametersSettings = Readonly<Record<(typeof RUN_PARAMETERS_SETTINGS)[number], string>>;

/** A JSON file beside the job's notebooks, removed with them. */
export const s3RunParameters = (
  settings: RunParametersSettings,
  client: S3Client = s3Client(settings),
): RunParameters => ({
  async write(run) {
    const Body = JSON.stringify(run.parameters);
    const input = { Bucket: settings.notebooksBucket, Key: parametersKey(run), Body, ContentType: 'application/json' };
    await fromAws('S3', client.send(new PutObjectCommand(input)));
  },
});
