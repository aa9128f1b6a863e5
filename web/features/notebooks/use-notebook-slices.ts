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

/**
 * What has been read of a notebook. The next slice is asked for when the one before is on the page. Of a file that took the place of
 * another one the slices take the places of that one's, one by one.
 */
export const useNotebookSlices = (file: Blob, stage: NotebookStage): ReadSoFar => {
  const [read, setRead] = useState(NOTHING);
  const slicesRead = useRef(0);
  const reader = useRef<NotebookReader | null>(null);
  useEffect(() => {
    slicesRead.current = 0;
    reader.current = notebookReader(file, stage, {
      onSlice: (slice) => {
        const at = slicesRead.current;
        slicesRead.current += 1;
        setRead(({ slices }) => ({
          slices: [...slices.slice(0, at), slice, ...(slice.cellsLeft === null ? slices.slice(at + 1) : [])],
          problem: null,
        }));
      },
      onProblem: (problem) => setRead(({ slices }) => ({ slices, problem })),
    });
    reader.current.next();
    return () => reader.current?.end();
  }, [file, stage]);
  useEffect(() => {
    if (slicesRead.current > 0 && read.slices[slicesRead.current - 1]?.cellsLeft === null) reader.current?.next();
  }, [read.slices]);
  return read;
};
