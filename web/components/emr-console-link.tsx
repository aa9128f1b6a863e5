import Link from '@cloudscape-design/components/link';

import { useMe } from '../lib/me.ts';
import { IdToCopy } from './id-to-copy.tsx';

/** The address of a cluster in the AWS console. */
const consoleAddress = (jobflowId: string, region: string): string =>
  `https://${region}.console.aws.amazon.com/emr/home?region=${region}#/clusterDetails/${encodeURIComponent(jobflowId)}`;

/** The id of a cluster in EMR to copy, for admins with a link to the AWS console; `none` if there never was one. */
export const EmrConsoleLink = ({ jobflowId, none }: { readonly jobflowId: string | null; readonly none: string }) => {
  const { region, permissions } = useMe();
  if (jobflowId === null) return none;
  return (
    <>
      <IdToCopy what="cluster id" text={jobflowId} />
      {/* Only admins have credentials of the account. */}
      {permissions.includes('administer') && (
        <>
          {' '}
          <Link href={consoleAddress(jobflowId, region)} external>
            EMR console
          </Link>
        </>
      )}
    </>
  );
};
