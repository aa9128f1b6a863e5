import { useQuery } from '@tanstack/react-query';

import type { RunFile } from '../../../shared/contract/routes/runs.ts';
import { Loaded } from '../../components/loaded.tsx';
import { fetchFile } from '../../lib/api.ts';
import { NotebookView } from './notebook-view.tsx';
import { readNotebook } from './read-notebook.ts';

/** A notebook among a run's results. */
const NotebookFile = ({ file }: { readonly file: RunFile }) => {
  const query = useQuery({
    queryKey: ['notebook', file.key, file.lastModified],
    queryFn: async ({ signal }) => readNotebook(await (await fetchFile(file.url, signal)).text()),
  });
  return (
    <Loaded query={query} what="the notebook">
      {(notebook) => <NotebookView notebook={notebook} />}
    </Loaded>
  );
};

export default NotebookFile;
