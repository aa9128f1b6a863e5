/** What an application of EMR Serverless runs: AWS names it by the application and an id within that. */
interface ApplicationPart {
  readonly applicationId: string;
  readonly id: string;
}

/** The two ids as the one `emrId` of a workload. */
const joined = ({ applicationId, id }: ApplicationPart): string => `${applicationId}/${id}`;

const parted = (emrId: string): ApplicationPart => {
  const [applicationId = '', id = ''] = emrId.split('/');
  return { applicationId, id };
};

/** A job run on EMR Serverless. */
export interface JobRunId {
  readonly applicationId: string;
  readonly jobRunId: string;
}

export const emrIdOf = ({ applicationId, jobRunId }: JobRunId): string => joined({ applicationId, id: jobRunId });

export const jobRunIdOf = (emrId: string): JobRunId => {
  const { applicationId, id } = parted(emrId);
  return { applicationId, jobRunId: id };
};

/** A session on EMR Serverless. */
export interface SessionId {
  readonly applicationId: string;
  readonly sessionId: string;
}

export const emrIdOfSession = ({ applicationId, sessionId }: SessionId): string =>
  joined({ applicationId, id: sessionId });

export const sessionIdOf = (emrId: string): SessionId => {
  const { applicationId, id } = parted(emrId);
  return { applicationId, sessionId: id };
};
