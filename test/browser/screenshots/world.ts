export const PEOPLE = ['alice', 'admin', 'nobody'] as const;
export type Person = (typeof PEOPLE)[number];

/** What the pages of a busy stack lead to. */
export interface World {
  readonly clusters: Readonly<Record<'ready' | 'starting' | 'ended' | 'failed', string>>;
  readonly session: string;
  readonly deletedJob: string;
  readonly sshKey: string;
  readonly jobs: Readonly<Record<'healthy' | 'failing' | 'fresh', string>>;
  readonly runs: Readonly<Record<'succeeded' | 'failed', string>>;
}
