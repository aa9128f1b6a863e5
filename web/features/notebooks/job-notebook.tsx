import { useQuery } from '@tanstack/react-query';

import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { Loaded } from '../../components/loaded.tsx';
import { fetchFile, urlOf } from '../../lib/api.ts';
import { NotebookView } from './notebook-view.tsx';

/** The notebook that a job runs, as it was uploaded. */
const JobNotebook = ({ job: { identifier, notebook } }: { readonly job: SparkJobView }) => {
  const query = useQuery({
    queryKey: ['notebook', identifier, notebook.version],
    queryFn: async ({ signal }) => (await fetchFile(urlOf('getNotebook', { identifier }), signal)).blob(),
    staleTime: Infinity,
  });
  return (
    <Loaded query={query} what="the notebook">
      {(file) => <NotebookView file={file} stage="uploaded" />}
    </Loaded>
  );
};

export default JobNotebook;
