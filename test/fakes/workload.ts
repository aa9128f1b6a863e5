import { NEVER_LAUNCHED } from '../../shared/domain/launch-settings.ts';
import { claimedWorkload, type Workload } from '../../shared/domain/workload.ts';

interface Holder {
  readonly workload: Workload;
}

const ANY = {
  engine: 'cluster',
  use: 'batch',
  runToken: '',
  claimedAt: '',
  launchAttemptedAt: null,
  ...NEVER_LAUNCHED,
} as const;
const WORKLOAD_KEYS: ReadonlySet<string> = new Set(Object.keys(claimedWorkload(ANY)));

/** Changes of a holder and of its workload beside each other. */
export type Changes<Of extends Holder> = Partial<Omit<Of, 'workload' | keyof Workload>> & Partial<Workload>;

export const withChanges = <Of extends Holder>(holder: Of, changes: Changes<Of>): Of => {
  const entries = Object.entries(changes);
  const ofWorkload = Object.fromEntries(entries.filter(([key]) => WORKLOAD_KEYS.has(key)));
  const own = Object.fromEntries(entries.filter(([key]) => !WORKLOAD_KEYS.has(key)));
  return { ...holder, ...own, workload: { ...holder.workload, ...ofWorkload } };
};

/** A holder with the fields of its workload beside its own, as assertions read it. */
export const flat = <Of extends Holder>({ workload, ...own }: Of): Omit<Of, 'workload'> & Workload => ({
  ...own,
  ...workload,
});
