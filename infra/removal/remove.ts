import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { EC2Client } from '@aws-sdk/client-ec2';
import { EFSClient } from '@aws-sdk/client-efs';
import { EMRServerlessClient } from '@aws-sdk/client-emr-serverless';

import { DEFAULT_STAGE } from '../stages.ts';
import { removeRunTimeResources } from './remove-run-time-resources.ts';

/**
 * `npm run remove-made [-- --stage NAME] [--yes] [--delete-homes]`: what the portal made beside CloudFormation, before `cdk destroy`. Without
 * `--yes` it only tells what it would remove.
 */
const { values } = parseArgs({
  options: {
    stage: { type: 'string', default: DEFAULT_STAGE },
    yes: { type: 'boolean', default: false },
    'delete-homes': { type: 'boolean', default: false },
  },
});
const failures = await removeRunTimeResources({
  ec2: new EC2Client({ maxAttempts: 10 }),
  efs: new EFSClient({ maxAttempts: 10 }),
  serverless: new EMRServerlessClient({ maxAttempts: 10 }),
  stage: values.stage,
  isForReal: values.yes,
  deletesHomes: values['delete-homes'],
  tell: (line) => void process.stdout.write(`${line}\n`),
  pause: (milliseconds) => pause(milliseconds),
});
if (!values.yes) process.stdout.write('Nothing was changed. Add --yes to remove it.\n');
if (failures > 0) {
  process.stderr.write(
    `${failures} could not be removed. Terminate the clusters and job runs of the stage, wait until they have ended, and repeat.\n`,
  );
  process.exitCode = 1;
}
