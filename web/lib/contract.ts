import './zod-without-eval.ts';

export * from '../../shared/contract/announcement.ts';
export * from '../../shared/contract/cluster.ts';
export * from '../../shared/contract/quotas.ts';
export * from '../../shared/contract/run.ts';
export * from '../../shared/contract/settings.ts';
export * from '../../shared/contract/routes/clusters.ts';
export * from '../../shared/contract/routes/runs.ts';
export * from '../../shared/contract/routes/sessions.ts';
export * from '../../shared/contract/routes/spark-jobs.ts';
export * from '../../shared/contract/routes/ssh-keys.ts';
export * from '../../shared/contract/schedule.ts';
export * from '../../shared/contract/spark-job.ts';
