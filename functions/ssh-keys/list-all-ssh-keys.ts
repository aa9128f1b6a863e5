import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { OwnedSshKeyView, SshKeySortField } from '../../shared/contract/routes/admin-lists.ts';
import { isOwnedBy, type Searchable } from '../../shared/domain/search.ts';
import type { ListedSshKey } from '../../shared/domain/ssh-key.ts';
import { keptLists } from '../access/kept-list.ts';
import { searchedPage } from '../access/searched-list.ts';
import type { SshKeyRepository } from '../ports/ssh-key-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { sshKeyToView } from './ssh-key-view.ts';

type Route = Routes['listAllSshKeys'];

/** As ssh-keygen prints them, MD5 also with its prefix. */
const SHA256 = /^SHA256:[\w+/]{43}=?$/;
const MD5 = /^(?:MD5:)?((?:[\da-f]{2}:){15}[\da-f]{2})$/i;

/** The fingerprint that a text is as a whole, as keys have it; null: the text is something else. */
const fingerprintIn = (text: string): string | null => {
  if (SHA256.test(text)) return text.replace(/=$/, '');
  return MD5.exec(text)?.[1]?.toLowerCase() ?? null;
};

const SEARCHABLE: Searchable<ListedSshKey, SshKeySortField> = {
  idOf: ({ id }) => id,
  textsOf: ({ title, owner, fingerprint, fingerprintMd5 }) => [title, owner, fingerprint, fingerprintMd5],
  fields: {
    title: ({ title }) => title,
    owner: ({ owner }) => owner,
    type: ({ type }) => type,
    bits: ({ bits }) => bits,
    createdAt: ({ createdAt }) => createdAt,
  },
  byDefault: '-createdAt',
};

const toView = (key: ListedSshKey): OwnedSshKeyView => ({
  ...sshKeyToView(key),
  ownerId: key.ownerId,
  owner: key.owner,
});

interface ListAllSshKeysDependencies {
  readonly sshKeys: Pick<SshKeyRepository, 'find' | 'list' | 'withFingerprint'>;
  readonly clock: Clock;
}

/** Of everybody, for admins. A whole fingerprint is found by its index, however many keys there are; several people may have it. */
export const listAllSshKeys = ({ sshKeys, clock }: ListAllSshKeysDependencies) => {
  const lists = keptLists<ListedSshKey, ListedSshKey>(clock, ({ id }) => sshKeys.find(id));
  return async ({ owner, query = '', ...request }: RouteInput<Route>): Promise<RouteOutput<Route>> => {
    const fingerprint = fingerprintIn(query.trim());
    const wanted = (key: ListedSshKey): boolean => isOwnedBy(key, owner);
    const page =
      fingerprint === null
        ? await searchedPage(sshKeys.list, { ...request, query }, SEARCHABLE, {
            kept: { ...lists('everybody'), read: sshKeys.list },
            ...(owner !== undefined && { wanted }),
          })
        : await searchedPage(
            async () => ({ items: await sshKeys.withFingerprint(fingerprint), cursor: null }),
            request,
            SEARCHABLE,
            { wanted },
          );
    return { ...page, items: page.items.map(toView) };
  };
};
