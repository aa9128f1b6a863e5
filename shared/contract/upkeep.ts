interface Period {
  readonly minutes: number;
  /** UTC hour and minute of a daily task; the others begin with their deployment. */
  readonly at?: string;
}

/** What the upkeep function does by the clock, and how often (product, "By the clock"). */
export const PERIODIC_TASKS = {
  terminateExpiredClusters: { minutes: 1 },
  expireJobs: { minutes: 1 },
  sendMails: { minutes: 1 },
  announceExpiries: { minutes: 5 },
  syncWithEmr: { minutes: 5 },
  syncSessions: { minutes: 1 },
  watchSpending: { minutes: 5 },
  withdrawPublicCopies: { minutes: 5 },
  addUpUsage: { minutes: 5 },
  findOrphans: { minutes: 15 },
  settleLeavers: { minutes: 60 },
  compareSchedules: { minutes: 1440, at: '03:30' },
  sumUpUsage: { minutes: 1440, at: '03:15' },
  unmountUnusedHomes: { minutes: 1440, at: '03:45' },
  removeGrants: { minutes: 1440, at: '03:30' },
  announceSupportEnds: { minutes: 1440, at: '03:30' },
} as const satisfies Readonly<Record<string, Period>>;

export type PeriodicTask = keyof typeof PERIODIC_TASKS;

export const periodOf = (task: PeriodicTask): Period => PERIODIC_TASKS[task];

/** Logged with the task's name once it is done: what an operator, and the smoke test, look for. */
export const FINISHED_TASK = 'Finished a periodic task';

/** Scheduler's input to the upkeep function. */
export interface PeriodicEvent {
  readonly task: PeriodicTask;
}

/** Sent by an operator: adds up the usage of a month again. */
export interface RebuildUsageCommand {
  readonly command: 'rebuildUsage';
  /** `2026-11` */
  readonly month: string;
}

/** The EventBridge detail types that reach the upkeep function. */
export const MAIL_EVENT_TYPES = ['Email Bounced', 'Email Rejected'] as const;

/** The tag by which SES's event names the record of its mail. */
export const MAIL_TAG = 'atmo-mail';

/** The same of EMR. */
export const EMR_EVENT_TYPES = [
  'EMR Cluster State Change',
  'EMR Step Status Change',
  'EMR Serverless Job Run State Change',
] as const;
