import * as z from 'zod';
import type { ClusterRecord, PersistentUi } from '../cluster-record.ts';
import { epochSeconds } from '../descriptions.ts';
import { invalidRequest } from '../emr-error.ts';
import { newPersistentUiId } from '../identifiers.ts';
import { knownCluster, operation, type OperationContext } from './operation.ts';

/** The default limit of an account: https://docs.aws.amazon.com/emr/latest/ManagementGuide/app-history-spark-UI.html (50 in older editions). */
const MOST_UIS = 200;
/** EMR keeps event logs for 30 days after an application's end. */
const KEPT_MS = 30 * 24 * 3_600_000;
/** About a minute with EMR; nobody waits for that here. */
const PREPARING_MS = 3_000;

const isKept = ({ endedAt }: ClusterRecord): boolean => endedAt === null || endedAt + KEPT_MS > Date.now();

const keptUis = ({ store }: OperationContext): { cluster: ClusterRecord; ui: PersistentUi }[] =>
  store
    .all()
    .filter(isKept)
    .flatMap((cluster) => (cluster.persistentUis ?? []).map((ui) => ({ cluster, ui })));

const knownUi = (context: OperationContext, id: string) => {
  const found = keptUis(context).find(({ ui }) => ui.id === id);
  if (found === undefined) throw invalidRequest(`Persistent app UI id '${id}' is not valid.`);
  return found;
};

const isReady = ({ createdAt }: PersistentUi): boolean => createdAt + PREPARING_MS <= Date.now();

const presigned = ({ id, request }: ClusterRecord, { presignSparkUi }: OperationContext) => {
  const answer = presignSparkUi({ id, releaseLabel: request.ReleaseLabel ?? '' });
  if ('reason' in answer) throw invalidRequest(answer.reason);
  return { PresignedURLReady: true, PresignedURL: answer.url };
};

const onClusterInput = z.object({ ClusterId: z.string(), OnClusterAppUIType: z.literal('SparkHistoryServer') });

export const getOnClusterAppUiUrl = operation(onClusterInput, ({ ClusterId }, context) => {
  const cluster = knownCluster(context, ClusterId);
  if (cluster.state !== 'RUNNING' && cluster.state !== 'WAITING')
    throw invalidRequest(`Cluster '${ClusterId}' is ${cluster.state} and has no application UI.`);
  return presigned(cluster, context);
});

const createInput = z.object({ TargetResourceArn: z.string().min(20).max(2048) });

export const createPersistentAppUi = operation(createInput, ({ TargetResourceArn }, context) => {
  const cluster = knownCluster(context, TargetResourceArn.split('/').at(-1) ?? '');
  if (!isKept(cluster)) throw invalidRequest(`The event logs of cluster '${cluster.id}' are no longer available.`);
  if (keptUis(context).length >= MOST_UIS)
    throw invalidRequest(`The number of active application UIs exceeds the limit of ${MOST_UIS}.`);
  const ui = { id: newPersistentUiId(), createdAt: Date.now() };
  cluster.persistentUis = [...(cluster.persistentUis ?? []), ui];
  context.store.save(cluster);
  return { PersistentAppUIId: ui.id, RuntimeRoleEnabledCluster: false };
});

const uiInput = z.object({ PersistentAppUIId: z.string() });

export const describePersistentAppUi = operation(uiInput, ({ PersistentAppUIId }, context) => {
  const { ui } = knownUi(context, PersistentAppUIId);
  return {
    PersistentAppUI: {
      PersistentAppUIId: ui.id,
      PersistentAppUITypeList: ['SHS'],
      PersistentAppUIStatus: isReady(ui) ? 'ATTACHED' : 'ATTACHING',
      CreationTime: epochSeconds(ui.createdAt),
      Tags: [],
    },
  };
});

const urlInput = uiInput.extend({ PersistentAppUIType: z.enum(['SHS', 'TEZ', 'YTS']).default('SHS') });

export const getPersistentAppUiUrl = operation(urlInput, ({ PersistentAppUIId }, context) => {
  const { cluster, ui } = knownUi(context, PersistentAppUIId);
  return isReady(ui) ? presigned(cluster, context) : { PresignedURLReady: false };
});
