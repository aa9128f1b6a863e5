import Button from '@cloudscape-design/components/button';
import { useState } from 'react';

import { PAGES } from '../../../shared/contract/pages.ts';
import { Failure } from '../../components/failure.tsx';
import { PageButton } from '../../components/links.tsx';
import { useNotify } from '../../components/notices.tsx';
import { moneyText } from '../../lib/amounts.ts';
import { useRead } from '../../lib/use-route.ts';
import { Card } from './card.tsx';
import { EXAMPLE, startExample } from './start-example.ts';

/** Starts the example in one click. The most that it can cost stands beside it. */
const TryExample = () => {
  const notify = useNotify();
  const [state, setState] = useState<{ readonly isBusy: boolean; readonly error: Error | null }>({
    isBusy: false,
    error: null,
  });
  const { size, timeout, schedule } = EXAMPLE;
  const { data } = useRead('estimateSparkJob', { size, timeout, schedule }, { staleTime: 60_000 });
  const start = async (): Promise<void> => {
    setState({ isBusy: true, error: null });
    try {
      const identifier = await startExample();
      notify(
        { type: 'success', text: `${identifier} is yours. It runs once; its page follows the run.` },
        PAGES.sparkJob(identifier),
      );
    } catch (error) {
      setState({ isBusy: false, error: error instanceof Error ? error : new Error(String(error)) });
    }
  };
  return (
    <div>
      <Button variant="primary" loading={state.isBusy} onClick={() => void start()}>
        Try it with an example notebook
      </Button>
      <p className="atmo-quiet">
        {/* As long before the price is known: on a phone the second line would push the page down. */}
        Runs once, for a few minutes, and costs at most{' '}
        {data === undefined ? '$–.––' : moneyText(data.perRun, data.currency)}.
      </p>
      {state.error !== null && <Failure error={state.error} />}
    </div>
  );
};

/** What a newcomer does, in order. A step that is done says so. */
export const FirstSteps = () => {
  const keys = useRead('listSshKeys', { limit: 1 });
  const hasKey = (keys.data?.items.length ?? 0) > 0;
  return (
    <Card title="Start here">
      <ol className="atmo-steps">
        <li>
          <h3>{hasKey ? 'Your SSH key is here' : 'Add an SSH key'}</h3>
          <p>It opens the clusters that you launch. A Spark job needs none.</p>
          {!hasKey && <PageButton to="/new/ssh-key">Add an SSH key</PageButton>}
        </li>
        <li>
          <h3>Launch a cluster, or start a session</h3>
          <p>
            A cluster has Jupyter and is ready in about ten minutes. A session is Spark for a notebook of your own, in a
            minute or two, without a key.
          </p>
          <div className="atmo-side-by-side">
            <PageButton to="/new/cluster">Launch a cluster</PageButton>
            <PageButton to="/new/session">Start a session</PageButton>
          </div>
        </li>
        <li>
          <h3>Run a notebook on a schedule</h3>
          <p>Upload your own, or see how it goes with ours.</p>
          <TryExample />
        </li>
      </ol>
    </Card>
  );
};
