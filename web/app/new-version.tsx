import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';

import { useMe } from '../lib/me.ts';

/** A page that stayed open over a deployment says so; reloading it at once could lose what was typed. */
export const NewVersion = () => {
  const { version } = useMe();
  const [loaded] = useState(version);
  if (version === loaded) return null;
  return (
    <Alert type="info" action={<Button onClick={() => location.reload()}>Reload</Button>}>
      ATMO {version} is out; this page is from {loaded}.
    </Alert>
  );
};
