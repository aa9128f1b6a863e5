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
import { useEffect, useEffectEvent, useState } from 'react';

import type { SshKeyView } from '../../../shared/contract/routes/ssh-keys.ts';
import { CommandBlock } from '../../components/command-block.tsx';
import { FormFrame } from '../../components/form-frame.tsx';
import { send } from '../../lib/api.ts';
import { useForm } from '../../lib/use-form.ts';
import { remember } from '../../lib/use-remembered.ts';
import { ADVISED_COMMAND, isAdvised, NAMES_KEY_FILE } from './advised-key.ts';
import { publicKeyFile, titleOf } from './public-key-file.ts';
import { sshKeyForm } from './ssh-key-form.ts';

const NoKeyYet = () => (
  <Container>
    <SpaceBetween size="xs">
      <Box variant="h2">No key yet?</Box>
      <Box>Create a key pair on your machine and add the .pub file.</Box>
      <CommandBlock label="command that creates a key pair" text={ADVISED_COMMAND} />
    </SpaceBetween>
  </Container>
);

interface AddSshKeyFormProps {
  readonly cancelTo: string;
  readonly onAdded: (key: SshKeyView) => void;
}

/** Takes a public key, pasted or from a file. Its title comes from the key until the person gives another one. */
export const AddSshKeyForm = ({ cancelTo, onAdded }: AddSshKeyFormProps) => {
  const client = useQueryClient();
  const [fileProblem, setFileProblem] = useState<string | null>(null);
  const form = useForm({
    initial: { title: '', key: '' },
    schema: sshKeyForm,
    requestOf: (values) => values,
    save: async (request) => {
      const added = await send('addSshKey', request);
      if (isAdvised(request.key)) remember(NAMES_KEY_FILE, 'yes');
      return added;
    },
    draft: 'new-ssh-key',
    // A private key that was pasted by mistake is not stored anywhere.
    isKeepable: ({ key }) => key === '' || sshKeyForm.shape.key.safeParse(key).success,
    onSaved: (added) => {
      void client.invalidateQueries({ queryKey: ['listSshKeys'] });
      onAdded(added);
    },
  });

  const changeKey = (key: string, title = titleOf(key)): void => {
    const isOwn = form.values.title !== '' && form.values.title !== titleOf(form.values.key);
    form.change({ key, ...(isOwn ? {} : { title }) });
  };

  // A paste beside the fields can only be meant for the key.
  const paste = useEffectEvent(({ target, clipboardData }: ClipboardEvent): void => {
    const text = clipboardData?.getData('text') ?? '';
    if (text !== '' && !(target instanceof HTMLElement && target.matches('input, textarea'))) changeKey(text);
  });
  useEffect(() => {
    const listen = (event: ClipboardEvent): void => paste(event);
    document.addEventListener('paste', listen);
    return () => document.removeEventListener('paste', listen);
  }, []);

  const take = async (files: readonly File[]): Promise<void> => {
    const [file] = files;
    if (file === undefined) return;
    const read = await publicKeyFile(file);
    setFileProblem(read.problem);
    if (read.problem === null) changeKey(read.key, read.title);
  };

  return (
    <FormFrame form={form} submitLabel="Add the key" cancelTo={cancelTo} aside={<NoKeyYet />}>
      <Container>
        <div className="atmo-fields">
          <FormField label="Public key file" description="Drop or pick your .pub file, or paste its line.">
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
              onChange={({ detail }) => changeKey(detail.value)}
            />
          </FormField>
          <FormField label="Title" constraintText="A name to recognize this key." errorText={form.errorOf('title')}>
            <Input value={form.values.title} onChange={({ detail }) => form.change({ title: detail.value })} />
          </FormField>
        </div>
      </Container>
    </FormFrame>
  );
};
