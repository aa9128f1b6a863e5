import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
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

/** What the commands of the API say where the person's own file goes. */
const KEY_FILE = '<key>';

/** Commands that reach a ready cluster, to be copied. */
export const ClusterAccessHelp = ({ access }: { readonly access: ClusterAccess }) => {
  const [namesKey, setNamesKey] = useState(false);
  const [keyFile, setKeyFile] = useState('~/.ssh/id_ed25519');
  const either = (plain: string, withKey: string): string => (namesKey ? withKey.replaceAll(KEY_FILE, keyFile) : plain);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Jupyter and Zeppelin listen on the cluster only; an SSH tunnel brings them to your machine."
        >
          Access
        </Header>
      }
    >
      <SpaceBetween size="l">
        <SpaceBetween size="xs">
          <Toggle checked={namesKey} onChange={({ detail }) => setNamesKey(detail.checked)}>
            Name my private key in the commands (-i)
          </Toggle>
          {namesKey && (
            <FormField
              label="Private key file on your machine"
              constraintText="Only put into the commands below; not sent."
            >
              <Input value={keyFile} disableBrowserAutocorrect onChange={({ detail }) => setKeyFile(detail.value)} />
            </FormField>
          )}
        </SpaceBetween>
        <Step title="1. Open the tunnel and leave it open">
          <CommandBlock label="tunnel command" text={either(access.tunnel, access.tunnelWithKey)} />
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
          <CommandBlock label="SSH command" text={either(access.ssh, access.sshWithKey)} />
        </Step>
        <Step title="Tunnel and shell by a short name: add to ~/.ssh/config">
          <CommandBlock
            label="SSH configuration"
            text={either(access.sshConfig, access.sshConfig.replace(`# IdentityFile`, 'IdentityFile'))}
          />
        </Step>
        <Step title="Copy notebooks to the cluster">
          <CommandBlock label="copy command" text={either(access.copyNotebooks, access.copyNotebooksWithKey)} />
        </Step>
        {access.efsMount !== null && (
          <Step title="Your home directory as a folder of your machine">
            <Box color="text-body-secondary">It is on EFS and outlasts the cluster.</Box>
            <CommandBlock label="mount command" text={access.efsMount} />
          </Step>
        )}
      </SpaceBetween>
    </Container>
  );
};
