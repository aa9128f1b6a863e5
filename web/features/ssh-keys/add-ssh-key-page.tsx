import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import FileDropzone from '@cloudscape-design/components/file-dropzone';
import FileInput from '@cloudscape-design/components/file-input';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';

import { CommandBlock } from '../../components/command-block.tsx';
import { FormFrame } from '../../components/form-frame.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Page } from '../../components/page.tsx';
import { send } from '../../lib/api.ts';
import { useForm } from '../../lib/use-form.ts';
import { publicKeyFile } from './public-key-file.ts';
import { sshKeyForm } from './ssh-key-form.ts';
import { SUGGESTED_KEY_FILE } from './suggested-key-file.ts';

/** Returns to the launch form if the person came from there. */
const useReturn = (): string => (useSearchParams()[0].get('then') === 'launch' ? '/new/cluster' : '/ssh-keys');

const NoKeyYet = () => (
  <Container>
    <SpaceBetween size="xs">
      <Box variant="h2">No key yet?</Box>
      <Box>Create a key pair on your machine and add the .pub file.</Box>
      <CommandBlock label="command that creates a key pair" text={`ssh-keygen -t ed25519 -f ${SUGGESTED_KEY_FILE}`} />
    </SpaceBetween>
  </Container>
);

const AddSshKeyPage = () => {
  const notify = useNotify();
  const client = useQueryClient();
  const returnTo = useReturn();
  const [fileProblem, setFileProblem] = useState<string | null>(null);
  const form = useForm({
    initial: { title: '', key: '' },
    schema: sshKeyForm,
    requestOf: (values) => values,
    save: (request) => send('addSshKey', request),
    onSaved: ({ title, warnings, id }) => {
      void client.invalidateQueries({ queryKey: ['listSshKeys'] });
      const next = warnings.length > 0 ? `/ssh-keys/${id}` : returnTo;
      notify({ type: 'success', text: `The key ${title} was added.` }, next);
    },
  });

  const take = async (files: readonly File[]): Promise<void> => {
    const [file] = files;
    if (file === undefined) return;
    const read = await publicKeyFile(file);
    setFileProblem(read.problem);
    if (read.problem === null)
      form.change({ key: read.key, ...(form.values.title === '' ? { title: read.title } : {}) });
  };

  return (
    <Page title="Add an SSH key" parent={{ text: 'SSH keys', to: '/ssh-keys' }}>
      <FormFrame form={form} submitLabel="Add the key" cancelTo={returnTo} aside={<NoKeyYet />}>
        <Container>
          <SpaceBetween size="l">
            <FormField label="Public key file" description="Drop or pick your .pub file, or paste its line below.">
              <FileDropzone onChange={({ detail }) => void take(detail.value)}>
                <FileInput
                  value={[]}
                  accept=".pub,text/plain"
                  onChange={({ detail }) => void take(detail.value)}
                  ariaLabel="Pick a public key file"
                >
                  Pick a .pub file
                </FileInput>
              </FileDropzone>
            </FormField>
            {fileProblem !== null && <Alert type="error">{fileProblem}</Alert>}
            <FormField
              label="Public key"
              constraintText="One line, as in ~/.ssh/id_ed25519.pub: type, data, comment."
              errorText={form.errorOf('key')}
              stretch
            >
              <Textarea
                value={form.values.key}
                rows={5}
                placeholder="ssh-ed25519 AAAA… you@laptop"
                disableBrowserSpellcheck
                onChange={({ detail }) => form.change({ key: detail.value })}
              />
            </FormField>
            <FormField label="Title" constraintText="A name to recognize this key." errorText={form.errorOf('title')}>
              <Input value={form.values.title} onChange={({ detail }) => form.change({ title: detail.value })} />
            </FormField>
          </SpaceBetween>
        </Container>
      </FormFrame>
    </Page>
  );
};

export default AddSshKeyPage;
