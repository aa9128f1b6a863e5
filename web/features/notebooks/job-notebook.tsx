import { useQuery } from '@tanstack/react-query';

import type { SparkJobView } from '../../../shared/contract/routes/spark-jobs.ts';
import { Loaded } from '../../components/loaded.tsx';
import { fetchFile, urlOf } from '../../lib/api.ts';
import { NotebookView } from './notebook-view.tsx';
import { readNotebook } from './read-notebook.ts';

/** The notebook that a job runs, as it was uploaded. */
const JobNotebook = ({ job: { identifier, notebook } }: { readonly job: SparkJobView }) => {
  const query = useQuery({
    queryKey: ['notebook', identifier, notebook.version],
    queryFn: async ({ signal }) =>
      readNotebook(await (await fetchFile(urlOf('getNotebook', { identifier }), signal)).text()),
    staleTime: Infinity,
  });
  return (
    <Loaded query={query} what="the notebook">
      {(model) => <NotebookView notebook={model} />}
    </Loaded>
  );
};

export default JobNotebook;
