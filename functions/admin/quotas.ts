import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { InvalidInput } from '../../shared/domain/errors.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { DEFAULT_QUOTA_RULES } from '../../shared/domain/quota.ts';
import type { ResolvePerson } from '../access/resolve-person.ts';
import type { DocumentVersion } from '../../shared/domain/document.ts';
import type { Documents } from '../ports/documents.ts';
import type { PersonRepository } from '../ports/person-repository.ts';
import { versionView, type ChangeDocument } from './change-document.ts';
import { peopleByName } from './people-by-name.ts';

type Answer = RouteOutput<Routes['getQuotas']>;

interface QuotasDependencies {
  readonly documents: Pick<Documents, 'newest'>;
  readonly people: Pick<PersonRepository, 'find' | 'withUsername'>;
}

/** A name by which a change finds the person again: the username if only they have it. */
export const nameOf = async (people: QuotasDependencies['people'], id: string): Promise<string> => {
  const person = await people.find(id);
  if (person === null) return id;
  return (await people.withUsername(person.username)).length === 1 ? person.username : person.email;
};

const view = async (
  people: QuotasDependencies['people'],
  newest: DocumentVersion<'quotas'> | null,
): Promise<Answer> => {
  const { everyone, people: byId } = newest?.content ?? DEFAULT_QUOTA_RULES;
  const named = await Promise.all(
    Object.entries(byId).map(async ([id, quotas]) => [await nameOf(people, id), { ...quotas }] as const),
  );
  return {
    everyone: { ...DEFAULT_QUOTA_RULES.everyone, ...everyone },
    people: Object.fromEntries(named),
    ...versionView(newest),
  };
};

export const getQuotas =
  ({ documents, people }: QuotasDependencies) =>
  async (): Promise<Answer> =>
    view(people, await documents.newest('quotas'));

interface PutQuotasDependencies extends Pick<QuotasDependencies, 'people'> {
  readonly resolve: ResolvePerson;
  readonly changeDocument: ChangeDocument;
}

/** @throws InvalidInput naming each name that is not one person's; StaleWrite */
export const putQuotas =
  ({ people, resolve, changeDocument }: PutQuotasDependencies) =>
  async (
    { version: basedOn, everyone, people: given }: RouteInput<Routes['putQuotas']>,
    caller: Caller,
  ): Promise<Answer> => {
    const { byId, errors } = await peopleByName(resolve, given);
    if (errors.length > 0) throw new InvalidInput(errors);
    const content = { everyone, people: byId };
    const saved = await changeDocument('quotas', { content, basedOn, action: 'quotas.change' }, caller);
    return view(people, saved);
  };
