import { PAGES } from '../../../shared/contract/pages.ts';
import type { AuditEntryView } from '../../../shared/contract/routes/admin-audit.ts';
import { PageLink } from '../../components/links.tsx';
import { Name } from '../../components/name.tsx';

const addressOf = ({ kind, id }: AuditEntryView['object']): string | null => {
  const [identifier = '', runId = ''] = id.split('/');
  if (kind === 'cluster') return PAGES.cluster(id);
  if (kind === 'spark-job') return PAGES.sparkJob(id);
  if (kind === 'person') return '/admin/people';
  return kind === 'run' ? PAGES.run(identifier, runId) : null;
};

/** A person is acted on by id; who that was then is in the detail. */
const nameOf = ({ object: { kind, id }, detail }: Pick<AuditEntryView, 'object' | 'detail'>): string =>
  kind === 'person' && typeof detail['username'] === 'string' ? detail['username'] : id;

/** The kind and id of what was acted on, as a link where it has a page. */
export const AuditedObjectLink = ({ object, detail }: Pick<AuditEntryView, 'object' | 'detail'>) => {
  const name = nameOf({ object, detail });
  const { kind, id } = object;
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
    </>
  );
};
