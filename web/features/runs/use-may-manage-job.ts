import { useRead } from '../../lib/use-route.ts';

/** Whether the person may change a job and its runs. */
export const useMayManageJob = (identifier: string): boolean =>
  useRead('getSparkJob', { identifier }).data?.permissions.includes('manage') ?? false;
