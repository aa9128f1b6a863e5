import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useState, type ReactNode } from 'react';

import { Failure } from '../../components/failure.tsx';
import { isStatus } from '../../lib/api-error.ts';

interface SparkUi {
  readonly button: ReactNode;
  /** Why it does not open; null while there is nothing to tell. */
  readonly problem: ReactNode;
}

const IDLE = { isBusy: false, error: null } as const;

/** That there is no Spark UI (yet) is no failure. */
const Problem = ({ error, dismiss }: { readonly error: Error; readonly dismiss: () => void }) =>
  isStatus(error, 409) ? (
    <output>
      <Alert type="info" header="No Spark UI to open" dismissible dismissAriaLabel="Close" onDismiss={() => dismiss()}>
        {error.message}
      </Alert>
    </output>
  ) : (
    <Failure error={error} />
  );

/**
 * A button that opens a Spark UI in a new tab, by an address made at the click. The tab opens within the click, since browsers
 * block one that opens later.
 * @param link asks the portal for the address
 */
export const useSparkUi = (link: () => Promise<{ readonly url: string }>): SparkUi => {
  const [{ isBusy, error }, setState] = useState<{ isBusy: boolean; error: Error | null }>(IDLE);
  const open = async (): Promise<void> => {
    setState({ isBusy: true, error: null });
    const tab = window.open('about:blank', '_blank');
    // What opens there must not reach back to the portal.
    if (tab !== null) tab.opener = null;
    try {
      const { url } = await link();
      if (tab === null) window.location.assign(url);
      else tab.location.replace(url);
      setState(IDLE);
    } catch (failure) {
      tab?.close();
      setState({ isBusy: false, error: failure instanceof Error ? failure : new Error(String(failure)) });
    }
  };
  return {
    button: (
      <Button iconName="external" iconAlign="right" loading={isBusy} onClick={() => void open()}>
        Open Spark UI
      </Button>
    ),
    problem: error === null ? null : <Problem error={error} dismiss={() => setState(IDLE)} />,
  };
};
