/** Attribute names of the one table's keys and indexes: what infra creates is what the adapters query. */
export const TABLE_KEYS = { partitionKey: 'pk', sortKey: 'sk' } as const;

/** Seconds since 1970 from which DynamoDB deletes an item by itself, within days; absent: never. */
export const TABLE_TTL = 'deleteAt';

/** Sparse indexes hold only the items that carry their keys: what is active, what has a mail to be sent. */
export const TABLE_INDEXES = {
  byOwner: { partitionKey: 'ownerKey', sortKey: 'sortKey', projection: 'ALL' },
  byKind: { partitionKey: 'kindKey', sortKey: 'sortKey', projection: 'ALL' },
  byOwnerState: { partitionKey: 'ownerStateKey', sortKey: 'sortKey', projection: 'ALL' },
  byKindState: { partitionKey: 'kindStateKey', sortKey: 'sortKey', projection: 'ALL' },
  active: { partitionKey: 'activeKey', sortKey: 'activeSortKey', projection: 'ALL' },
  due: { partitionKey: 'dueKey', sortKey: 'dueSortKey', projection: 'ALL' },
  outbox: { partitionKey: 'mailKey', sortKey: 'mailSortKey', projection: 'ALL' },
  byEmrId: { partitionKey: 'emrId', sortKey: null, projection: 'KEYS_ONLY' },
} as const;

/** What the table holds. Each partition key is a kind's name, or begins with it and `#`: IAM tells by it who may write what. */
export const TABLE_KINDS = {
  audit: 'audit',
  budget: 'budget',
  budgetNotice: 'budget-notice',
  cluster: 'cluster',
  clusterGrant: 'cluster-grant',
  document: 'document',
  emrRelease: 'emr-release',
  group: 'group',
  launchSlots: 'launch-slots',
  mail: 'mail',
  person: 'person',
  reservations: 'reservations',
  run: 'run',
  session: 'session',
  sessionGrant: 'session-grant',
  serverlessApplication: 'serverless-application',
  sparkUi: 'spark-ui',
  sparkJob: 'spark-job',
  sparkJobGrant: 'spark-job-grant',
  sshKey: 'ssh-key',
  upkeep: 'upkeep',
  usage: 'usage',
  usageDay: 'usage-day',
  usageMonth: 'usage-month',
} as const;

export type TableKind = keyof typeof TABLE_KINDS;

export type TableIndex = keyof typeof TABLE_INDEXES;

type KeyAttribute<Index> = Index extends { partitionKey: infer Partition; sortKey: infer Sort }
  ? Extract<Partition | Sort, string>
  : never;

/** The keys by which an item is in indexes; those left out keep it out of them. */
export type IndexKeys = Partial<Readonly<Record<KeyAttribute<(typeof TABLE_INDEXES)[TableIndex]>, string>>>;
