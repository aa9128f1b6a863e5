import Link from '@cloudscape-design/components/link';

import type { ListedRunView } from '../../../shared/contract/run.ts';
import { useMe } from '../../lib/me.ts';
import { consoleAddress } from './run-words.ts';

/** The id of a run's cluster, for admins a link to it in the AWS console; `none` if it never had one. */
export const EmrConsoleLink = ({
  run: { jobflowId },
  none,
}: {
  readonly run: ListedRunView;
  readonly none: string;
}) => {
  const { region, permissions } = useMe();
  if (jobflowId === null) return none;
  // Only admins have credentials of the account.
  return !permissions.includes('administer') ? (
    <span className="atmo-whole">{jobflowId}</span>
  ) : (
    <Link href={consoleAddress(jobflowId, region)} external>
      {jobflowId}
    </Link>
  );
};
