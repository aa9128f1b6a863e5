import { PAGES } from '../../../shared/contract/pages.ts';
import type { AuditEntryView } from '../../../shared/contract/routes/admin-audit.ts';
import { PageLink } from '../../components/links.tsx';
import { Name } from '../../components/name.tsx';

const addressOf = ({ kind, id }: AuditEntryView['object']): string | null => {
  const [identifier = '', runId = ''] = id.split('/');
  if (kind === 'cluster') return PAGES.cluster(id);
  if (kind === 'spark-job') return PAGES.sparkJob(id);
  return kind === 'run' ? PAGES.run(identifier, runId) : null;
};

/** The kind and id of what was acted on, as a link where it has a page. */
export const AuditedObjectLink = ({ object }: Pick<AuditEntryView, 'object'>) => {
  const { kind, id } = object;
  const address = addressOf(object);
  if (kind === id) return kind;
  return (
    <>
      {kind}{' '}
      {address === null ? (
        <Name text={id} />
      ) : (
        <PageLink to={address}>
          <Name text={id} />
        </PageLink>
      )}
    </>
  );
};
