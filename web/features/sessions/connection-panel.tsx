import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';

import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import type { SessionView } from '../../../shared/contract/routes/sessions.ts';
import { CommandBlock } from '../../components/command-block.tsx';
import { Failure } from '../../components/failure.tsx';
import { Moment } from '../../components/moment.tsx';
import { send } from '../../lib/api.ts';
import { elapsedText } from '../../lib/instant-text.ts';
import { useNow } from '../../lib/use-now.ts';
import { toInstant } from '../../../shared/domain/instant.ts';

type Connection = RouteOutput<Routes['connectSession']>;

/** How long the token still opens the session. */
const TokenEnd = ({ expiresAt }: { readonly expiresAt: string }) => {
  const now = toInstant(useNow());
  if (expiresAt <= now)
    return (
      <Alert type="warning">The token has ended. Get a new one, and make a new Spark session in Python with it.</Alert>
    );
  return (
    <Box color="text-body-secondary">
      The token ends in {elapsedText(now, expiresAt)} (<Moment at={expiresAt} />
      ). After that, get a new one and run the lines again: they make a new Spark session in Python. The token opens
      your session to whoever has it: do not share or save it.
    </Box>
  );
};

const HowToConnect = ({ connection }: { readonly connection: Connection }) => (
  <SpaceBetween size="m">
    <div>
      <Box variant="h3">1. Once, in the environment of your notebook</Box>
      <CommandBlock label="the pip command" text={connection.install} />
    </div>
    <div>
      <Box variant="h3">2. In the notebook, IDE or Python shell</Box>
      <CommandBlock label="the lines of Python" text={connection.python} />
    </div>
    <TokenEnd expiresAt={connection.expiresAt} />
  </SpaceBetween>
);

/** The address, with a token made at the click. It is kept only while the page is open. */
export const ConnectionPanel = ({ session }: { readonly session: SessionView }) => {
  const [state, setState] = useState<{ isBusy: boolean; connection?: Connection; error?: Error }>({ isBusy: false });
  const connect = async (): Promise<void> => {
    setState(({ connection }) => ({ isBusy: true, ...(connection === undefined ? {} : { connection }) }));
    try {
      setState({ isBusy: false, connection: await send('connectSession', { id: session.id }) });
    } catch (error) {
      setState({ isBusy: false, error: error instanceof Error ? error : new Error(String(error)) });
    }
  };
  const { connection, isBusy, error } = state;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={`Any PySpark client of Spark ${session.sparkVersion} connects: no key, no tunnel.`}
          actions={
            <Button
              variant={connection === undefined ? 'primary' : 'normal'}
              loading={isBusy}
              disabled={!session.isReady}
              onClick={() => void connect()}
            >
              {connection === undefined ? 'Connect' : 'New token'}
            </Button>
          }
        >
          Connect
        </Header>
      }
    >
      <SpaceBetween size="m">
        {error !== undefined && <Failure error={error} />}
        {connection === undefined ? (
          <Box color="text-body-secondary">
            {session.isReady
              ? 'Connect gives you two things to paste, with a token for one hour.'
              : 'You can connect when the session is ready.'}
          </Box>
        ) : (
          <HowToConnect connection={connection} />
        )}
        <Box color="text-body-secondary" fontSize="body-s">
          Not available over Spark Connect: RDDs and the SparkContext. Functions in Python (UDFs) need Python{' '}
          {session.pythonVersion} on your side, as on EMR.
        </Box>
      </SpaceBetween>
    </Container>
  );
};
