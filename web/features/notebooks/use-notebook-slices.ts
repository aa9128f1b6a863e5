import { useEffect, useRef, useState } from 'react';

import type { NotebookStage } from './reading/notebook-model.ts';
import { notebookReader, type NotebookReader } from './notebook-reader.ts';
import type { NotebookSlice } from './reading/notebook-slices.ts';

interface ReadSoFar {
  readonly slices: readonly NotebookSlice[];
  /** Why no more will follow, where something went wrong. */
  readonly problem: string | null;
}

const NOTHING: ReadSoFar = { slices: [], problem: null };

/** What has been read of a notebook. The next slice is asked for when the one before is on the page. */
export const useNotebookSlices = (file: Blob, stage: NotebookStage): ReadSoFar => {
  const [read, setRead] = useState(NOTHING);
  const reader = useRef<NotebookReader | null>(null);
  useEffect(() => {
    reader.current = notebookReader(file, stage, {
      onSlice: (slice) => setRead(({ slices }) => ({ slices: [...slices, slice], problem: null })),
      onProblem: (problem) => setRead(({ slices }) => ({ slices, problem })),
    });
    reader.current.next();
    return () => {
      reader.current?.end();
      setRead(NOTHING);
    };
  }, [file, stage]);
  useEffect(() => {
    if (read.slices.at(-1)?.cellsLeft === null) reader.current?.next();
  }, [read.slices]);
  return read;
};
