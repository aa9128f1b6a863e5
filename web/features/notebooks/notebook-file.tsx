import { keepPreviousData, useQuery } from '@tanstack/react-query';

import type { RunFile } from '../../../shared/contract/routes/runs.ts';
import { Loaded } from '../../components/loaded.tsx';
import { fetchFile } from '../../lib/api.ts';
import { NotebookView } from './notebook-view.tsx';

interface NotebookFileProps {
  readonly file: RunFile;
  readonly openAt?: number | null;
  readonly running?: number | null;
}

/** A notebook among a run's results. While it is written anew, what was read of it before stays. */
const NotebookFile = ({ file, openAt = null, running = null }: NotebookFileProps) => {
  const query = useQuery({
    queryKey: ['notebook', file.key, file.etag],
    queryFn: async ({ signal }) => (await fetchFile(file.url, signal)).blob(),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
  return (
    <Loaded query={query} what="the notebook">
      {(content) => <NotebookView file={content} stage="executed" openAt={openAt} running={running} />}
    </Loaded>
  );
};

export default NotebookFile;
