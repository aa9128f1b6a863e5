import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';

import * as z from 'zod';

import { AwsError, awsJsonProtocol } from '../aws-json.ts';
import { ACCOUNT } from '../account.ts';
import type { BusEvent, PublishEvent } from './event-bus.ts';

const PutEvents = z.object({
  Entries: z
    .array(
      z.object({
        Time: z.number().optional(),
        Source: z.string().optional(),
        Resources: z.array(z.string()).optional(),
        DetailType: z.string().optional(),
        Detail: z.string().optional(),
      }),
    )
    .min(1)
    .max(10),
});

type Entry = z.infer<typeof PutEvents>['Entries'][number];

/** EventBridge over its own wire protocol, as far as an application puts events on the bus. */
export const eventBridgeApi = (publish: PublishEvent): RequestListener =>
  awsJsonProtocol('1.1', {
    PutEvents(input) {
      const { data, error } = PutEvents.safeParse(input);
      if (error) throw new AwsError('ValidationException', z.prettifyError(error));
      const results = data.Entries.map((entry) => put(publish, entry));
      return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
    },
  });

/** Each entry is taken or refused by itself. */
const put = (publish: PublishEvent, { Time, Source, Resources, DetailType, Detail }: Entry): object => {
  if (!Source || !DetailType || !Detail) {
    return { ErrorCode: 'InvalidArgument', ErrorMessage: 'Source, DetailType and Detail are required.' };
  }
  if (Source.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  const detail = parseDetail(Detail);
  if (detail === null) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const event: BusEvent = {
    version: '0',
    id: randomUUID(),
    'detail-type': DetailType,
    source: Source,
    account: ACCOUNT.id,
    time: new Date(Time === undefined ? Date.now() : Time * 1000).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: ACCOUNT.region,
    resources: Resources ?? [],
    detail,
  };
  publish(event);
  return { EventId: event.id };
};

const parseDetail = (text: string): object | null => {
  try {
    const detail: unknown = JSON.parse(text);
    return typeof detail === 'object' && !Array.isArray(detail) ? detail : null;
  } catch {
    return null;
  }
};
