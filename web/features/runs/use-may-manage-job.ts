import { useRead } from '../../lib/use-route.ts';

/** Whether the person may do something with a job and its runs, besides looking. */
export const useMayManageJob = (identifier: string): boolean =>
  useRead('getSparkJob', { identifier }).data?.permissions.includes('manage') ?? false;
