/** The purpose of an EMR cluster: a person's cluster, or a run of a Spark job. */
export type EmrClusterKind = 'cluster' | 'job';

/** What has a name of the portal in EMR. */
type EmrNameKind = EmrClusterKind | 'session';

export interface EmrNameParts {
  /** Name of the stage. */
  readonly environment: string;
  readonly kind: EmrNameKind;
  readonly username: string;
  readonly identifier: string;
  readonly runToken: string;
}

/** EMR refuses `<`, `>`, `$`, `|` and the backtick in names; a mail address may hold three of them. */
const UNSAFE = /[^A-Za-z0-9.@_+-]/g;

/** Keeps a whole name within EMR's 256 characters, whatever the mail address that a username may be. */
const MAX_USERNAME = 100;

/** `atmo-<environment>-<kind>-<username>-<identifier>-<run token>`: EMR's list answers names, not tags. */
export const emrName = ({ environment, kind, username, identifier, runToken }: EmrNameParts): string =>
  `atmo-${environment}-${kind}-${username.replaceAll(UNSAFE, '_').slice(0, MAX_USERNAME)}-${identifier}-${runToken}`;

/** How the names of our steps begin. An event of a step names it and the cluster's id only: by this the events are filtered. */
export const stepPrefix = (environment: string): string => `atmo-${environment}: `;

/** Ten characters as `newRunToken` makes them. */
const TOKEN = /-([0-9a-v]{10})$/;

/** `atmo-<environment>-job-<what it is for>-<token>`: an application of EMR Serverless, where job runs of jobs run. */
export const applicationName = (environment: string, purpose: string, token: string): string =>
  `atmo-${environment}-job-${purpose.replaceAll(UNSAFE, '_')}-${token}`;

/** Whether an application is one of this environment. */
export const isApplicationName = (name: string, environment: string): boolean =>
  name.startsWith(`atmo-${environment}-job-`);

export const EMR_CLUSTER_KINDS: readonly EmrClusterKind[] = ['cluster', 'job'];
const EMR_NAME_KINDS: readonly EmrNameKind[] = [...EMR_CLUSTER_KINDS, 'session'];

/** The run token in a name of this environment; null where the name is not one of ours. */
export const runTokenIn = (name: string, environment: string): string | null =>
  EMR_NAME_KINDS.some((kind) => name.startsWith(`atmo-${environment}-${kind}-`))
    ? (TOKEN.exec(name)?.[1] ?? null)
    : null;
