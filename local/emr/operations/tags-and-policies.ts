import * as z from 'zod';
import { isEnding, type ClusterRecord } from '../cluster-record.ts';
import { validationException } from '../emr-error.ts';
import { autoTerminationPolicySchema, tagSchema } from '../launch-request.ts';
import { RELEASE_LABELS } from '../releases.ts';
import { knownCluster, operation, type OperationContext } from './operation.ts';

const MAXIMUM_TAGS = 50;

export const addTags = operation(
  z.object({ ResourceId: z.string(), Tags: z.array(tagSchema) }),
  ({ ResourceId, Tags }, context) => {
    const cluster = knownCluster(context, ResourceId);
    const tags = { ...cluster.tags, ...Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])) };
    if (Object.keys(tags).length > MAXIMUM_TAGS) {
      throw validationException(`A cluster can have no more than ${MAXIMUM_TAGS} tags.`);
    }
    cluster.tags = tags;
    context.store.save(cluster);
    return {};
  },
);

export const removeTags = operation(
  z.object({ ResourceId: z.string(), TagKeys: z.array(z.string()) }),
  ({ ResourceId, TagKeys }, context) => {
    const cluster = knownCluster(context, ResourceId);
    cluster.tags = Object.fromEntries(Object.entries(cluster.tags).filter(([key]) => !TagKeys.includes(key)));
    context.store.save(cluster);
    return {};
  },
);

const changeable = (context: OperationContext, id: string): ClusterRecord => {
  const cluster = knownCluster(context, id);
  if (isEnding(cluster)) {
    throw validationException('A job flow that is shutting down, terminated, or finished may not be modified.');
  }
  return cluster;
};

// EMR's documented default when a policy comes without a time: one hour.
const DEFAULT_IDLE_SECONDS = 3600;

export const putAutoTerminationPolicy = operation(
  z.object({ ClusterId: z.string(), AutoTerminationPolicy: autoTerminationPolicySchema.default({}) }),
  ({ ClusterId, AutoTerminationPolicy }, context) => {
    const seconds = AutoTerminationPolicy.IdleTimeout ?? DEFAULT_IDLE_SECONDS;
    context.life.setIdleTimeout(changeable(context, ClusterId), seconds);
    return {};
  },
);

export const removeAutoTerminationPolicy = operation(z.object({ ClusterId: z.string() }), ({ ClusterId }, context) => {
  context.life.setIdleTimeout(changeable(context, ClusterId), null);
  return {};
});

export const getAutoTerminationPolicy = operation(z.object({ ClusterId: z.string() }), ({ ClusterId }, context) => {
  const seconds = knownCluster(context, ClusterId).idleTimeoutSeconds;
  return seconds === null ? {} : { AutoTerminationPolicy: { IdleTimeout: seconds } };
});

const releaseLabelsInput = z.object({
  Filters: z.object({ Prefix: z.string().optional(), Application: z.string().optional() }).optional(),
  NextToken: z.string().optional(),
  MaxResults: z.int().min(1).max(100).default(100),
});

export const listReleaseLabels = operation(releaseLabelsInput, ({ Filters, NextToken, MaxResults }) => {
  if (Filters?.Application !== undefined) {
    throw validationException('Release labels cannot be filtered by application here: versions are not kept.');
  }
  const wanted = RELEASE_LABELS.filter((label) => label.startsWith(Filters?.Prefix ?? ''));
  const from = NextToken === undefined ? 0 : wanted.indexOf(NextToken);
  if (from === -1) throw validationException('The NextToken is not valid.');
  const next = wanted[from + MaxResults];
  return {
    ReleaseLabels: wanted.slice(from, from + MaxResults),
    ...(next === undefined ? {} : { NextToken: next }),
  };
});
