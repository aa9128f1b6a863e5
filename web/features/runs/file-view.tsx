import Box from '@cloudscape-design/components/box';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';

import type { RunFile } from '../../../shared/contract/routes/runs.ts';
import { Loaded, Loading } from '../../components/loaded.tsx';
import { TextBox } from '../../components/text-box.tsx';
import { fetchFile } from '../../lib/api.ts';
import { withoutEscapes } from '../notebooks/reading/terminal-text.ts';
import { readFileText } from './text-file.ts';
import { isLog, viewerOf } from './viewers.ts';

const TableFile = lazy(() => import('./tables/table-file.tsx'));
const NotebookFile = lazy(() => import('../notebooks/notebook-file.tsx'));

/** A part of a text file, as plain text. */
const TextFile = ({ file }: { readonly file: RunFile }) => {
  const query = useQuery({
    queryKey: ['file', file.key, file.etag],
    queryFn: async ({ signal }) =>
      readFileText(await (await fetchFile(file.url, signal)).blob(), isLog(file) ? 'end' : 'start'),
  });
  return (
    <Loaded query={query} what="the file">
      {({ text, note }) => (
        <>
          {note !== null && <Box color="text-body-secondary">{note}</Box>}
          <TextBox
            label={file.name}
            text={text === '' ? 'This file is empty.' : isLog(file) ? withoutEscapes(text) : text}
            isReadFromEnd={isLog(file)}
          />
        </>
      )}
    </Loaded>
  );
};

/** A raster image from an object URL, since the content security policy forbids images of other origins. */
const ImageFile = ({ file }: { readonly file: RunFile }) => {
  const query = useQuery({
    queryKey: ['file', file.key, file.etag],
    queryFn: async ({ signal }) => (await fetchFile(file.url, signal)).blob(),
  });
  return (
    <Loaded query={query} what="the image">
      {(blob) => <BlobImage blob={blob} name={file.name} />}
    </Loaded>
  );
};

const BlobImage = ({ blob, name }: { readonly blob: Blob; readonly name: string }) => {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const url = URL.createObjectURL(blob);
    // oxlint-disable-next-line react/set-state-in-effect -- an object URL lives and ends with the element
    setAddress(url);
    return () => URL.revokeObjectURL(url);
  }, [blob]);
  return address === null ? null : <img src={address} alt={name} className="atmo-image" />;
};

/** A file's content, inline. */
export const FileView = ({ file }: { readonly file: RunFile }) => {
  const viewer = viewerOf(file);
  if (viewer === 'text') return <TextFile file={file} />;
  if (viewer === 'table')
    return (
      <Suspense fallback={<Loading what="the table" />}>
        <TableFile file={file} />
      </Suspense>
    );
  if (viewer === 'image') return <ImageFile file={file} />;
  return (
    <Suspense fallback={<Loading what="the notebook" />}>
      <NotebookFile file={file} />
    </Suspense>
  );
};
