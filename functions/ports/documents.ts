import type { DocumentName, DocumentVersion } from '../../shared/domain/document.ts';
import type { Page, PageRequest } from '../../shared/domain/page.ts';

/** The versions of what admins change while the portal runs. Reads are consistent. */
export interface Documents {
  /** Null until somebody saved a first version. */
  newest<Name extends DocumentName>(name: Name): Promise<DocumentVersion<Name> | null>;
  /** Newest first. */
  history<Name extends DocumentName>(name: Name, page: PageRequest): Promise<Page<DocumentVersion<Name>>>;
  /** False if another request has added this version already. */
  add<Name extends DocumentName>(next: DocumentVersion<Name>): Promise<boolean>;
}
