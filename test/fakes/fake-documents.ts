import type { Documents } from '../../functions/ports/documents.ts';
import type { DocumentName, DocumentVersion } from '../../shared/domain/document.ts';
import { paged } from './paged.ts';

export const fakeDocuments = (...present: readonly DocumentVersion<DocumentName>[]): Documents => {
  const all: DocumentVersion<DocumentName>[] = [...present];
  const of = <Name extends DocumentName>(name: Name) =>
    all
      .filter((version): version is DocumentVersion<Name> => version.name === name)
      .toSorted((one, other) => other.version - one.version);
  return {
    newest: async (name) => of(name)[0] ?? null,
    history: async (name, page) => paged(name, of(name), page),
    async add(next) {
      if (of(next.name).some(({ version }) => version === next.version)) return false;
      all.push(next);
      return true;
    },
  };
};
