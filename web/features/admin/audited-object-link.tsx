import Box from '@cloudscape-design/components/box';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { AuditEntryView } from '../../../shared/contract/routes/admin-audit.ts';
import { Id } from '../../components/id.tsx';
import { PageLink } from '../../components/links.tsx';
import { Name } from '../../components/name.tsx';

type Audited = AuditEntryView['object'];

const addressOf = ({ kind, id }: Audited): string | null => {
  const [identifier = '', runId = ''] = id.split('/');
  if (kind === 'cluster') return PAGES.cluster(id);
  if (kind === 'session') return PAGES.session(id);
  if (kind === 'ssh-key') return `/ssh-keys/${id}`;
  if (kind === 'spark-job') return PAGES.sparkJob(id);
  if (kind === 'person') return '/admin/people';
  return kind === 'run' ? PAGES.run(identifier, runId) : null;
};

/** What is acted on by an id has its name in the detail, as it was then. */
const NAMED_IN: Partial<Record<Audited['kind'], string>> = {
  cluster: 'identifier',
  session: 'name',
  'ssh-key': 'title',
  person: 'username',
};

const keyOf = ({ kind, id }: Audited): string => `${kind} ${id}`;

/** The names of what a page of entries is about: some entries of an object have only its id, others tell. */
export const namesIn = (entries: readonly AuditEntryView[]): ReadonlyMap<string, string> =>
  new Map(
    entries.flatMap(({ object, detail }) => {
      const name = detail[NAMED_IN[object.kind] ?? ''];
      return typeof name === 'string' ? [[keyOf(object), name] as const] : [];
    }),
  );

interface AuditedObjectLinkProps {
  readonly object: Audited;
  readonly names: ReadonlyMap<string, string>;
}

/** The kind and name of what was acted on, as a link where it has a page, with the id where that is something else. */
export const AuditedObjectLink = ({ object, names }: AuditedObjectLinkProps) => {
  const { kind, id } = object;
  const [job, runId] = id.split('/');
  const name = names.get(keyOf(object)) ?? (kind === 'run' && job !== undefined ? job : id);
  const address = addressOf(object);
  if (kind === id) return kind;
  return (
    <>
      {kind}{' '}
      {address === null ? (
        <Name text={name} />
      ) : (
        <PageLink to={address}>
          <Name text={name} />
        </PageLink>
      )}
      {name !== id && (
        <Box color="text-body-secondary" fontSize="body-s">
          <Id text={runId ?? id} />
        </Box>
      )}
    </>
  );
};
