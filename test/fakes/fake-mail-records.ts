import type { MailRecords } from '../../functions/ports/mail-records.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import { mailStateOf, type MailRecord } from '../../shared/domain/mail-record.ts';
import { paged } from './paged.ts';

export const fakeMailRecords = (...present: readonly MailRecord[]): MailRecords & { all(): readonly MailRecord[] } => {
  const records = new Map(present.map((record) => [record.id, record]));
  const all = (isWanted: (record: MailRecord) => boolean = () => true) =>
    [...records.values()].filter(isWanted).toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  const known = (id: string): MailRecord => {
    const record = records.get(id);
    if (record === undefined) throw new NotFound('mail', id);
    return record;
  };
  const change: MailRecords['change'] = async (id, apply) => {
    const current = known(id);
    const changed = apply(current);
    if (changed === current) return current;
    const next = { ...changed, version: current.version + 1 };
    records.set(id, next);
    return next;
  };
  return {
    all: () => all(),
    get: async (id) => known(id),
    change,
    async keep(initial, apply) {
      if (!records.has(initial.id)) records.set(initial.id, initial);
      return change(initial.id, apply);
    },
    list: async (state, page) =>
      paged(
        `mails#${state}`,
        all((record) => state === null || mailStateOf(record) === state),
        page,
      ),
    withUnsentMail: async () => all(({ outbox }) => outbox.length > 0),
  };
};
