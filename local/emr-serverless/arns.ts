export interface Place {
  readonly region: string;
  readonly accountId: string;
}

export const applicationArn = ({ region, accountId }: Place, id: string): string =>
  `arn:aws:emr-serverless:${region}:${accountId}:/applications/${id}`;

export const jobRunArn = (place: Place, { applicationId, id }: { applicationId: string; id: string }): string =>
  `${applicationArn(place, applicationId)}/jobruns/${id}`;

export const sessionArn = (place: Place, { applicationId, id }: { applicationId: string; id: string }): string =>
  `${applicationArn(place, applicationId)}/sessions/${id}`;

/** Who makes every request here: this machine has no accounts. */
export const callerArn = ({ accountId }: Place): string => `arn:aws:sts::${accountId}:assumed-role/portal/local`;
