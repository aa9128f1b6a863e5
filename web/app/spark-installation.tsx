import Alert from '@cloudscape-design/components/alert';
import { useQuery } from '@tanstack/react-query';
import * as z from 'zod';

const Installation = z.object({
  state: z.enum(['installed', 'installing', 'failed', 'off']),
  message: z.string().nullable(),
});

const AGAIN_MS = 3000;

const read = async (): Promise<z.output<typeof Installation>> =>
  Installation.parse(await (await fetch('/local/spark')).json());

/** On the local stack: why notebooks are not executed yet. */
const SparkInstallation = () => {
  const { data } = useQuery({
    queryKey: ['local', 'spark'],
    queryFn: read,
    refetchInterval: ({ state }) => (state.data?.state === 'installing' ? AGAIN_MS : false),
    retry: false,
  });
  if (data?.state === 'installing') {
    return (
      <Alert type="info" header="Spark is being installed on this machine">
        Until it is, runs end as not executed. {data.message}
      </Alert>
    );
  }
  if (data?.state === 'failed') {
    return (
      <Alert type="warning" header="Notebooks are not executed on this machine">
        {data.message} <code>npm run spark:install</code> tries again.
      </Alert>
    );
  }
  return null;
};

export default SparkInstallation;
