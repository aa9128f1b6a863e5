import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';

import type { SessionView } from '../../../shared/contract/routes/sessions.ts';
import { isExpiringSoon } from '../../../shared/domain/expiring.ts';
import { toInstant } from '../../../shared/domain/instant.ts';
import { PageButton } from '../../components/links.tsx';
import { useNow } from '../../lib/use-now.ts';

/** A notice about the session's state. */
export const SessionNotice = ({ session }: { readonly session: SessionView }) => {
  const now = useNow();
  const { isFailed, isActive, statusReason, termination } = session;
  if (isFailed)
    return (
      <Alert
        type="error"
        header="The session failed"
        action={<PageButton to="/new/session">Start another session</PageButton>}
      >
        {statusReason?.message ?? 'EMR Serverless gave no reason.'}
        {statusReason !== null && <Box fontSize="body-s">EMR Serverless says {statusReason.code}.</Box>}
      </Alert>
    );
  if (!isActive || termination !== null) return null;
  if (isExpiringSoon(session, toInstant(now)))
    return (
      <Alert type="warning" header="The session expires soon">
        It will end with what runs in it. Extend it if you need it longer.
      </Alert>
    );
  return null;
};
