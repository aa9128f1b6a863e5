import { Loaded } from '../../components/loaded.tsx';
import { useRead } from '../../lib/use-route.ts';
import { SparkJobActions } from './spark-job-actions.tsx';

/** The actions on a job of a list, which has it without its parameters. */
const SparkJobRowActions = ({ identifier }: { readonly identifier: string }) => {
  const query = useRead('getSparkJob', { identifier });
  return (
    <Loaded query={query} what="the Spark job">
      {(job) => <SparkJobActions job={job} />}
    </Loaded>
  );
};

export default SparkJobRowActions;
