import { useQuery } from '@tanstack/react-query';

import type { RunFile } from '../../../shared/contract/routes/runs.ts';
import { Loaded } from '../../components/loaded.tsx';
import { fetchFile } from '../../lib/api.ts';
import { NotebookView } from './notebook-view.tsx';

/** A notebook among a run's results. */
const NotebookFile = ({ file }: { readonly file: RunFile }) => {
  const query = useQuery({
    queryKey: ['notebook', file.key, file.lastModified],
    queryFn: async ({ signal }) => (await fetchFile(file.url, signal)).blob(),
    staleTime: Infinity,
  });
  return (
    <Loaded query={query} what="the notebook">
      {(content) => <NotebookView file={content} stage="executed" />}
    </Loaded>
  );
};

export default NotebookFile;
