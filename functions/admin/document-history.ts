import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { NO_ANNOUNCEMENT } from '../../shared/domain/announcement.ts';
import { beginningOf } from '../../shared/domain/bounded-text.ts';
import { NO_BUDGETS } from '../../shared/domain/budget.ts';
import { differences, type Difference } from '../../shared/domain/differences.ts';
import type { DocumentContents, DocumentName } from '../../shared/domain/document.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import { LAUNCHES_ALLOWED } from '../../shared/domain/launches.ts';
import { DEFAULT_QUOTA_RULES } from '../../shared/domain/quota.ts';
import type { Settings } from '../../shared/domain/settings.ts';
import type { Documents } from '../ports/documents.ts';

interface DocumentHistoryDependencies {
  readonly documents: Pick<Documents, 'history'>;
  readonly ofStage: Settings;
  /** How a person is called now. */
  readonly nameOf: (personId: string) => Promise<string>;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** What is kept by the ids of people, in whichever document. */
const BY_PERSON: ReadonlySet<string> = new Set(['people', 'overrides']);

/** Bytes and changes of one version, so that a page of 100 stays below 1 MB. */
const MAX_FIELD_BYTES = 100;
const MAX_VALUE_BYTES = 150;
const MAX_CHANGES = 18;

/** A short value as it is, a long one as the beginning of its JSON. */
const bounded = (value: unknown): unknown => {
  const json = JSON.stringify(value ?? null);
  return json.length <= MAX_VALUE_BYTES / 4 ? (value ?? null) : beginningOf(json, MAX_VALUE_BYTES);
};

const boundedChanges = (changes: readonly Difference[]) => ({
  changes: changes.slice(0, MAX_CHANGES).map(({ field, before, after }) => ({
    field: beginningOf(field, MAX_FIELD_BYTES),
    before: bounded(before),
    after: bounded(after),
  })),
  moreChanges: Math.max(0, changes.length - MAX_CHANGES),
});

/** Versions of a document, newest first, each with who made it and what it changed. @throws NotFound for an unknown document */
export const documentHistory = ({ documents, ofStage, nameOf }: DocumentHistoryDependencies) => {
  /** What the first version is compared with. */
  const initial: { readonly [Name in DocumentName]: DocumentContents[Name] } = {
    announcement: NO_ANNOUNCEMENT,
    budgets: NO_BUDGETS,
    launches: LAUNCHES_ALLOWED,
    quotas: DEFAULT_QUOTA_RULES,
    settings: ofStage,
  };
  const isName = (name: string): name is DocumentName => Object.hasOwn(initial, name);

  /** People are kept by id and shown by name. */
  const shown = async (content: object): Promise<Fields> => {
    const fields = Object.entries(content).map(async ([field, value]: [string, unknown]) => {
      if (!BY_PERSON.has(field) || !isFields(value)) return [field, value] as const;
      const named = Object.entries(value).map(async ([id, of]) => [await nameOf(id), of] as const);
      return [field, Object.fromEntries(await Promise.all(named))] as const;
    });
    return Object.fromEntries(await Promise.all(fields));
  };

  return async ({
    name,
    limit,
    cursor,
  }: RouteInput<Routes['listDocumentVersions']>): Promise<RouteOutput<Routes['listDocumentVersions']>> => {
    if (!isName(name)) throw new NotFound('document', name);
    const page = await documents.history(name, { limit, cursor });
    // The version before the oldest of this page is the first of the next.
    const before =
      page.cursor === null ? null : (await documents.history(name, { limit: 1, cursor: page.cursor })).items[0];
    const contents = [...page.items.map(({ content }) => content), before?.content ?? initial[name]];
    const views = await Promise.all(contents.map(shown));
    return {
      items: page.items.map(({ version, changedAt, changedBy }, index) => ({
        version,
        changedAt,
        changedBy,
        ...boundedChanges(differences(views[index + 1], views[index])),
      })),
      cursor: page.cursor,
    };
  };
};
