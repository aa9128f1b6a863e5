import Link from '@cloudscape-design/components/link';

import type { ListedRunView } from '../../../shared/contract/routes/runs.ts';
import { useMe } from '../../lib/me.ts';
import { consoleAddress } from './run-words.ts';

/** A link to a run's cluster in the AWS console; `none` if it never had one. */
export const EmrConsoleLink = ({
  run: { jobflowId },
  none,
}: {
  readonly run: ListedRunView;
  readonly none: string;
}) => {
  const { region } = useMe();
  return jobflowId === null ? (
    none
  ) : (
    <Link href={consoleAddress(jobflowId, region)} external>
      {jobflowId}
    </Link>
  );
};
