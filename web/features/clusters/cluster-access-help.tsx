import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import type { ReactNode } from 'react';

import type { ClusterAccess } from '../../../shared/contract/cluster.ts';
import { CommandBlock } from '../../components/command-block.tsx';
import { accessCommands } from './access-commands.ts';
import { useKeyFile, type KeyFile } from './use-key-file.ts';

const Step = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <SpaceBetween size="xs">
    <Box variant="h3">{title}</Box>
    {children}
  </SpaceBetween>
);

const KeyFileField = ({ keyFile }: { readonly keyFile: KeyFile }) => (
  <SpaceBetween size="xs">
    <Toggle checked={keyFile.isNamed} onChange={({ detail }) => keyFile.name(detail.checked)}>
      Name my private key in the commands <span className="atmo-whole">(-i)</span>
    </Toggle>
    {keyFile.isNamed && (
      <FormField
        label="Private key file on your machine"
        constraintText="Used only in the commands below. Stored in this browser, never sent."
      >
        <Input value={keyFile.path} disableBrowserAutocorrect onChange={({ detail }) => keyFile.move(detail.value)} />
      </FormField>
    )}
  </SpaceBetween>
);

/** Commands to copy that connect to a ready cluster. */
export const ClusterAccessHelp = ({ access }: { readonly access: ClusterAccess }) => {
  const keyFile = useKeyFile();
  const { tunnel, ssh, sshConfig, copyNotebooks, efsMount } = accessCommands(
    access,
    keyFile.isNamed ? keyFile.path : null,
  );
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={`${access.zeppelinUrl === null ? 'Jupyter listens' : 'Jupyter and Zeppelin listen'} only on the cluster itself. Reach it through an SSH tunnel from your machine.`}
        >
          Access
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Step title="1. Open the tunnel and leave it open">
          <CommandBlock label="tunnel command" text={tunnel} />
          <Box color="text-body-secondary">It prints nothing while it is open; Ctrl-C closes it.</Box>
          <KeyFileField keyFile={keyFile} />
        </Step>
        <Step title="2. Open the notebooks">
          <SpaceBetween direction="horizontal" size="l">
            <Link href={access.jupyterUrl} external>
              Jupyter
            </Link>
            {access.zeppelinUrl !== null && (
              <Link href={access.zeppelinUrl} external>
                Zeppelin
              </Link>
            )}
          </SpaceBetween>
          <Box color="text-body-secondary">Reachable only while the tunnel is open.</Box>
        </Step>
        {efsMount === null && (
          <Box color="text-body-secondary">
            This cluster has no home directory that is kept: what is not in S3 or on your machine is lost when the
            cluster terminates.
          </Box>
        )}
        <ExpandableSection headerText="More ways to connect: shell, ssh config, copying files" headingTagOverride="h3">
          <SpaceBetween size="l">
            <Step title="A shell on the master">
              <CommandBlock label="SSH command" text={ssh} />
            </Step>
            <Step title="Short host name for tunnel and shell: add to ~/.ssh/config">
              <CommandBlock label="SSH configuration" text={sshConfig} />
            </Step>
            <Step title="Copy notebooks to the cluster">
              <CommandBlock label="copy command" text={copyNotebooks} />
            </Step>
            {efsMount !== null && (
              <Step title="Mount your home directory on your machine">
                <Box color="text-body-secondary">It is on EFS and stays when the cluster terminates.</Box>
                <CommandBlock label="mount command" text={efsMount} />
              </Step>
            )}
          </SpaceBetween>
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
};
