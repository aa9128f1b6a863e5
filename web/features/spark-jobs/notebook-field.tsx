import FileDropzone from '@cloudscape-design/components/file-dropzone';
import FileInput from '@cloudscape-design/components/file-input';
import FormField from '@cloudscape-design/components/form-field';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { NotebookCheckView } from '../../../shared/contract/spark-job.ts';
import { useEffect, useEffectEvent, useRef, useState } from 'react';

import { notebookUploadBody } from '../../lib/contract.ts';
import { send } from '../../lib/api.ts';
import { CheckedNotebook } from './checked-notebook.tsx';
import { uploadNotebook } from './upload-notebook.ts';

type Upload =
  | { readonly step: 'none' }
  | { readonly step: 'uploading'; readonly name: string; readonly percent: number }
  | { readonly step: 'checking'; readonly name: string }
  | { readonly step: 'done'; readonly name: string; readonly size: number | null; readonly check: NotebookCheckView }
  | { readonly step: 'failed'; readonly problem: string };

interface NotebookFieldProps {
  /** The job's current notebook; null for a new job. */
  readonly present: string | null;
  /** Receives the upload and its parameters; null while there is no valid upload. */
  readonly onUploaded: (
    upload: { readonly id: string; readonly name: string; readonly check: NotebookCheckView } | null,
  ) => void;
  readonly error: string | undefined;
  /** The notebook that a new job starts with, from another job. */
  readonly first?: ((signal: AbortSignal) => Promise<File>) | undefined;
  /** The upload of a form that was left. */
  readonly kept: { readonly id: string; readonly name: string } | null;
}

type FirstNotebook = File | { readonly id: string; readonly name: string; readonly check: NotebookCheckView } | null;

/** What the field starts with: the upload of a form that was left, or the file of another job. */
const firstOf = async (
  kept: NotebookFieldProps['kept'],
  first: NotebookFieldProps['first'],
  signal: AbortSignal,
): Promise<FirstNotebook> => {
  if (kept === null) return (await first?.(signal)) ?? null;
  return { ...kept, check: await send('checkNotebookUpload', { uploadId: kept.id }, signal) };
};

/** Uploads and checks a picked or dropped notebook at once. The job refers to the upload when the form is sent. */
export const NotebookField = ({ present, onUploaded, error, first, kept }: NotebookFieldProps) => {
  const [upload, setUpload] = useState<Upload>(() => {
    if (kept !== null) return { step: 'checking', name: kept.name };
    return first === undefined ? { step: 'none' } : { step: 'checking', name: 'the notebook of the other job' };
  });
  const running = useRef<AbortController>(null);

  const take = async ([file]: readonly File[]): Promise<void> => {
    if (file === undefined) return;
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const show = (next: Upload): void => {
      if (!controller.signal.aborted) setUpload(next);
    };
    onUploaded(null);
    const request = notebookUploadBody.safeParse({ fileName: file.name, size: file.size });
    if (!request.success)
      return show({ step: 'failed', problem: request.error.issues[0]?.message ?? 'Pick another file.' });
    show({ step: 'uploading', name: file.name, percent: 0 });
    try {
      const progress = (percent: number): void => show({ step: 'uploading', name: file.name, percent });
      const uploadId = await uploadNotebook(file, progress, controller.signal);
      if (controller.signal.aborted) return;
      show({ step: 'checking', name: file.name });
      const check = await send('checkNotebookUpload', { uploadId }, controller.signal);
      if (controller.signal.aborted) return;
      show({ step: 'done', name: file.name, size: file.size, check });
      onUploaded({ id: uploadId, name: file.name, check });
    } catch (failure) {
      show({ step: 'failed', problem: failure instanceof Error ? failure.message : String(failure) });
    }
  };

  // Once: another job is another form.
  const [load] = useState(() => (signal: AbortSignal) => firstOf(kept, first, signal));
  const begin = useEffectEvent((found: FirstNotebook): void => {
    if (found === null) return;
    if (found instanceof File) return void take([found]);
    setUpload({ step: 'done', name: found.name, size: null, check: found.check });
    onUploaded(found);
  });
  const giveUp = useEffectEvent((failure: unknown): void => {
    onUploaded(null);
    setUpload({ step: 'failed', problem: failure instanceof Error ? failure.message : String(failure) });
  });
  useEffect(() => {
    const controller = new AbortController();
    running.current = controller;
    const unless = <Found,>(act: (found: Found) => void) => {
      return (found: Found): void => {
        if (!controller.signal.aborted) act(found);
      };
    };
    load(controller.signal).then(unless(begin), unless(giveUp));
    return () => running.current?.abort();
  }, [load]);

  return (
    <FormField
      label="Notebook"
      description={
        present === null
          ? 'A Jupyter notebook (.ipynb) or a Zeppelin note (.json, .zpln).'
          : `Current notebook: ${present}. Pick another one to replace it.`
      }
      constraintText="Up to 20 MB."
      errorText={
        upload.step === 'failed' ? upload.problem : upload.step === 'done' || upload.step === 'none' ? error : undefined
      }
    >
      <SpaceBetween size="s">
        <FileDropzone onChange={({ detail }) => void take(detail.value)}>
          <FileInput
            value={[]}
            accept=".ipynb,.json,.zpln"
            ariaLabel="Pick a notebook"
            onChange={({ detail }) => void take(detail.value)}
          >
            {upload.step === 'done' || present !== null ? 'Pick another notebook' : 'Pick a notebook'}
          </FileInput>
        </FileDropzone>
        {upload.step === 'uploading' && (
          <ProgressBar
            value={upload.percent}
            label={`Uploading ${upload.name}`}
            ariaLabel={`Uploading ${upload.name}`}
          />
        )}
        {upload.step === 'checking' && <StatusIndicator type="loading">Checking {upload.name}</StatusIndicator>}
        {upload.step === 'done' && error === undefined && (
          <CheckedNotebook name={upload.name} size={upload.size} check={upload.check} />
        )}
      </SpaceBetween>
    </FormField>
  );
};
