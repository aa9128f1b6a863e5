import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useState, type ReactNode } from 'react';

import type { ClusterAccess } from '../../../shared/contract/routes/clusters.ts';
import { CommandBlock } from '../../components/command-block.tsx';

const Step = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <SpaceBetween size="xs">
    <Box variant="h3">{title}</Box>
    {children}
  </SpaceBetween>
);

/** Commands that reach a ready cluster, to be copied. */
export const ClusterAccessHelp = ({ access }: { readonly access: ClusterAccess }) => {
  const [namesKey, setNamesKey] = useState(false);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Jupyter and Zeppelin listen on the cluster only; an SSH tunnel brings them to your machine."
          actions={
            <Toggle checked={namesKey} onChange={({ detail }) => setNamesKey(detail.checked)}>
              Name the private key (-i)
            </Toggle>
          }
        >
          Access
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Step title="1. Open the tunnel and leave it open">
          <CommandBlock label="tunnel command" text={namesKey ? access.tunnelWithKey : access.tunnel} />
        </Step>
        <Step title="2. Open the notebooks">
          <SpaceBetween direction="horizontal" size="l">
            <Link href={access.jupyterUrl} external>
              Jupyter
            </Link>
            <Link href={access.zeppelinUrl} external>
              Zeppelin
            </Link>
          </SpaceBetween>
          <Box color="text-body-secondary">They answer only while the tunnel is open.</Box>
        </Step>
        <Step title="A shell on the master">
          <CommandBlock label="SSH command" text={namesKey ? access.sshWithKey : access.ssh} />
        </Step>
        <Step title="Both by a short name: ~/.ssh/config">
          <CommandBlock label="SSH configuration" text={access.sshConfig} />
        </Step>
        <Step title="Copy notebooks to your machine">
          <CommandBlock label="copy command" text={namesKey ? access.copyNotebooksWithKey : access.copyNotebooks} />
        </Step>
        {access.efsMount !== null && (
          <Step title="Your home directory without a cluster">
            <Box color="text-body-secondary">
              Home directories are on EFS and outlast the cluster. On a machine of yours in the same network:
            </Box>
            <CommandBlock label="mount command" text={access.efsMount} />
          </Step>
        )}
      </SpaceBetween>
    </Container>
  );
};
