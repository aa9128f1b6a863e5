import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';

import { useMe } from '../lib/me.ts';

/** Tells that the page is older than the deployment. It does not reload by itself, which could lose what was typed. */
export const NewVersion = () => {
  const { version } = useMe();
  const [loaded] = useState(version);
  if (version === loaded) return null;
  return (
    <Alert type="info" action={<Button onClick={() => location.reload()}>Reload</Button>}>
      ATMO {version} is available; this page is version {loaded}.
    </Alert>
  );
};
