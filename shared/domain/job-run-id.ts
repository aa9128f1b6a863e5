/** A job run on EMR Serverless: AWS names it by its application and an id within that. */
export interface JobRunId {
  readonly applicationId: string;
  readonly jobRunId: string;
}

/** The two ids as the one `emrId` of a workload. */
export const emrIdOf = ({ applicationId, jobRunId }: JobRunId): string => `${applicationId}/${jobRunId}`;

export const jobRunIdOf = (emrId: string): JobRunId => {
  const [applicationId = '', jobRunId = ''] = emrId.split('/');
  return { applicationId, jobRunId };
};
