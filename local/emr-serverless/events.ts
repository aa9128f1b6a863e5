import { randomUUID } from 'node:crypto';
import type { BusEvent } from '../events/event-bus.ts';
import { applicationArn, callerArn, jobRunArn, type Place } from './arns.ts';
import type { ApplicationRecord, ApplicationState, JobRunRecord, JobRunState } from './records.ts';

const iso = (at: number): string => new Date(at).toISOString();

const envelope = ({ region, accountId }: Place, type: string, at: number, detail: object): BusEvent => ({
  version: '0',
  id: randomUUID(),
  'detail-type': type,
  source: 'aws.emr-serverless',
  account: accountId,
  time: `${iso(at).slice(0, 19)}Z`,
  region,
  resources: [],
  detail,
});

/** https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/using-eventbridge.html: it names no job run, only ids. */
export const jobRunEvent = (place: Place, run: JobRunRecord, previousState: JobRunState, at: number): BusEvent =>
  envelope(place, 'EMR Serverless Job Run State Change', at, {
    jobRunId: run.id,
    applicationId: run.applicationId,
    arn: jobRunArn(place, run),
    releaseLabel: run.releaseLabel,
    state: run.state,
    previousState,
    createdBy: callerArn(place),
    updatedAt: iso(at),
    createdAt: iso(run.createdAt),
  });

export const applicationEvent = (
  place: Place,
  application: ApplicationRecord,
  previousState: ApplicationState,
  at: number,
): BusEvent =>
  envelope(place, 'EMR Serverless Application State Change', at, {
    applicationId: application.id,
    applicationName: application.request.name ?? '',
    arn: applicationArn(place, application.id),
    releaseLabel: application.request.releaseLabel,
    state: application.state,
    previousState,
    updatedAt: iso(at),
    createdAt: iso(application.createdAt),
    autoStopConfig: application.request.autoStopConfiguration,
    autoStartConfig: application.request.autoStartConfiguration,
  });
