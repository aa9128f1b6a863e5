import { DEFAULT_QUOTAS, type Quotas } from '../../../shared/domain/quota.ts';

export const QUOTA_LABELS: Readonly<Record<keyof Quotas, string>> = {
  clusters: 'Active clusters',
  workers: 'Workers over all active clusters',
  sessions: 'Active sessions',
  sparkJobs: 'Spark jobs',
  sshKeys: 'SSH keys',
  clusterHours: 'Hours of one cluster, extensions included',
  occurrenceMinutes: 'Fewest minutes between occurrences',
};

export const QUOTA_NAMES = Object.keys(DEFAULT_QUOTAS) as (keyof Quotas)[];

/** One quota of one person, as typed. */
export interface QuotaRow {
  readonly person: string;
  readonly quota: keyof Quotas;
  readonly value: string;
}

/** An empty field of workers means no limit; any other is an error of the schema. */
export const quotaOf = (quota: keyof Quotas, text: string): number | null | undefined => {
  if (text.trim() === '') return quota === 'workers' ? null : undefined;
  return Number(text);
};

type SomeQuotas = { readonly [Name in keyof Quotas]?: Quotas[Name] | undefined };

export const rowsOfPeople = (people: Readonly<Record<string, SomeQuotas>>): readonly QuotaRow[] =>
  Object.entries(people).flatMap(([person, quotas]) =>
    QUOTA_NAMES.flatMap((quota) => {
      const value = quotas[quota];
      return value === undefined ? [] : { person, quota, value: String(value ?? '') };
    }),
  );

export const peopleOf = (rows: readonly QuotaRow[]): Readonly<Record<string, Readonly<Record<string, unknown>>>> => {
  const people = new Map<string, Record<string, unknown>>();
  for (const { person, quota, value } of rows) {
    const name = person.trim();
    if (name !== '') people.set(name, { ...people.get(name), [quota]: quotaOf(quota, value) ?? null });
  }
  return Object.fromEntries(people);
};
