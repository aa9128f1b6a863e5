import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { OwnedSshKeyView, SshKeySortField } from '../../shared/contract/routes/admin-lists.ts';
import { isOwnedBy, type Searchable } from '../../shared/domain/search.ts';
import type { SshKey } from '../../shared/domain/ssh-key.ts';
import { searchedPage } from '../access/searched-list.ts';
import type { SshKeyRepository } from '../ports/ssh-key-repository.ts';
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

const SEARCHABLE: Searchable<SshKey, SshKeySortField> = {
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

const toView = (key: SshKey): OwnedSshKeyView => ({ ...sshKeyToView(key), ownerId: key.ownerId, owner: key.owner });

/** Of everybody, for admins. A whole fingerprint is found by its index, however many keys there are; several people may have it. */
export const listAllSshKeys =
  ({ sshKeys }: { readonly sshKeys: Pick<SshKeyRepository, 'list' | 'withFingerprint'> }) =>
  async ({ owner, query = '', ...request }: RouteInput<Route>): Promise<RouteOutput<Route>> => {
    const fingerprint = fingerprintIn(query.trim());
    const read =
      fingerprint === null
        ? sshKeys.list
        : async () => ({ items: await sshKeys.withFingerprint(fingerprint), cursor: null });
    const isFiltered = owner !== undefined || fingerprint !== null;
    const page = await searchedPage(
      async (part) => {
        const { items, cursor } = await read(part);
        return { items: items.filter((key) => isOwnedBy(key, owner)), cursor };
      },
      {
        ...request,
        query: fingerprint === null ? query : '',
        sort: request.sort ?? (isFiltered ? SEARCHABLE.byDefault : undefined),
      },
      SEARCHABLE,
    );
    return { ...page, items: page.items.map(toView) };
  };
