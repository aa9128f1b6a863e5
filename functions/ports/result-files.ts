/** The results of all runs of one identifier in S3. @throws AwsThrottled, AwsFailed */
export interface ResultFiles {
  /** Moves public ones to where private ones are. */
  makePrivate(identifier: string): Promise<void>;
  removeAll(identifier: string): Promise<void>;
}
