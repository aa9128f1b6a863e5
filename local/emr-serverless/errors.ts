import { AwsError } from '../aws-json.ts';

// The exceptions of EMR Serverless's model, and throttling, with the statuses that it answers them with.
export const validation = (message: string): AwsError => new AwsError('ValidationException', message);
export const conflict = (message: string): AwsError => new AwsError('ConflictException', message, 409);
export const notFound = (message: string): AwsError => new AwsError('ResourceNotFoundException', message, 404);
export const quotaExceeded = (message: string): AwsError => new AwsError('ServiceQuotaExceededException', message, 402);
export const throttled = (): AwsError => new AwsError('ThrottlingException', 'Rate exceeded', 429);
export const internalError = (): AwsError =>
  new AwsError('InternalServerException', 'An internal server error occurred.', 500);
