/** An address of a Spark UI, or why there is none. */
export type PresignedSparkUi = { readonly url: string } | { readonly reason: string };

export interface SparkApplications {
  /** Of a cluster, a job run or a session: the folder of its event logs. */
  readonly id: string;
  readonly releaseLabel: string;
}

/** Makes an address of a Spark UI that opens without credentials, for an hour. */
export type PresignSparkUi = (of: SparkApplications) => PresignedSparkUi;

/** Where no Spark is installed. */
export const noSparkUi: PresignSparkUi = () => ({
  reason: 'Spark is not installed on this machine (npm run spark:install).',
});
