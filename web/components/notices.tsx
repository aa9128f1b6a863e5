import Alert from '@cloudscape-design/components/alert';
import { useCallback } from 'react';
import { useLocation, useNavigate } from 'react-router';

const TYPES = ['success', 'error'] as const;

interface Notice {
  readonly type: (typeof TYPES)[number];
  readonly text: string;
}

/** The notice in the history entry of this page. Parsed, since a tab's history may hold anything. */
const noticeIn = (state: unknown): Notice | null => {
  if (typeof state !== 'object' || state === null || !('notice' in state)) return null;
  const { notice } = state;
  if (typeof notice !== 'object' || notice === null || !('type' in notice) || !('text' in notice)) return null;
  const type = TYPES.find((known) => known === notice.type);
  return type === undefined || typeof notice.text !== 'string' ? null : { type, text: notice.text };
};

/** Shows a notice on the next page or, without one, on this page. It disappears with the page after that. */
export const useNotify = (): ((notice: Notice, to?: string) => void) => {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  return useCallback(
    (notice, to) => void navigate(to ?? `${pathname}${search}`, { replace: to === undefined, state: { notice } }),
    [navigate, pathname, search],
  );
};

/** The notice above this page, until it is dismissed. */
export const Notices = () => {
  const location = useLocation();
  const navigate = useNavigate();
  const notice = noticeIn(location.state);
  return (
    <output className="atmo-notices">
      {notice !== null && (
        <Alert
          type={notice.type}
          dismissible
          onDismiss={() => void navigate(`${location.pathname}${location.search}`, { replace: true })}
        >
          {notice.text}
        </Alert>
      )}
    </output>
  );
};
