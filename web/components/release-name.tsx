import Badge from '@cloudscape-design/components/badge';

import { useRead } from '../lib/use-route.ts';

/** Milliseconds; admins seldom change releases. */
const FRESH = 300_000;

/** A version, with the mark of a release that is experimental or deprecated. */
export const ReleaseName = ({ version }: { readonly version: string }) => {
  const { data } = useRead('listEmrReleases', { limit: 100 }, { staleTime: FRESH });
  const release = data?.items.find((known) => known.version === version);
  const mark = release?.isExperimental === true ? 'experimental' : release?.isDeprecated === true ? 'deprecated' : null;
  return (
    <>
      {version} {mark !== null && <Badge color={mark === 'experimental' ? 'blue' : 'grey'}>{mark}</Badge>}
    </>
  );
};
