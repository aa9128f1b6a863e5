import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';

import type { Connection } from '../../shared/contract/connection.ts';
import { toInstant } from '../../shared/domain/instant.ts';
import { elapsedText } from '../lib/instant-text.ts';
import { useNow } from '../lib/use-now.ts';
import { CommandBlock } from './command-block.tsx';
import { otherClients } from './connection-words.ts';
import { Failure } from './failure.tsx';
import { Moment } from './moment.tsx';
import { useConnection, type Connect } from './use-connection.ts';

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
      ). After that, get a new one and run the lines again: they make a new Spark session in Python. Anybody with the
      token can use your session: do not share or save it.
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

interface ConnectionPanelProps {
  /** What a client connects to. */
  readonly noun: 'session' | 'cluster';
  readonly isReady: boolean;
  /** Which a client must have. */
  readonly sparkVersion: string;
  readonly pythonVersion: string;
  readonly connect: Connect;
  /** What is particular to the noun. */
  readonly children?: ReactNode;
}

/** The address, with a token made at the click. */
export const ConnectionPanel = ({
  noun,
  isReady,
  sparkVersion,
  pythonVersion,
  connect,
  children,
}: ConnectionPanelProps) => {
  const { connection, isBusy, preparing, error, ask } = useConnection(connect);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={`Any PySpark client of Spark ${sparkVersion} connects: no key, no tunnel.`}
          actions={
            <Button
              variant={connection === undefined ? 'primary' : 'normal'}
              loading={isBusy}
              disabled={!isReady}
              onClick={() => void ask()}
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
        {connection === undefined && (
          <output className="atmo-block">
            {preparing !== undefined && <StatusIndicator type="loading">{preparing}</StatusIndicator>}
            {preparing === undefined && (
              <Box color="text-body-secondary">
                {isReady
                  ? 'Connect gives you two things to paste, with a token for one hour.'
                  : `You can connect when the ${noun} is ready.`}
              </Box>
            )}
          </output>
        )}
        {connection !== undefined && <HowToConnect connection={connection} />}
        {children}
        <Box color="text-body-secondary" fontSize="body-s">
          Not available over Spark Connect: RDDs and the SparkContext. Functions in Python (UDFs) need Python{' '}
          {pythonVersion} on your side, as on EMR. {otherClients(sparkVersion)}
        </Box>
      </SpaceBetween>
    </Container>
  );
};
