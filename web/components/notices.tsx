import Alert, { type AlertProps } from '@cloudscape-design/components/alert';
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';

interface Notice {
  readonly type: AlertProps.Type;
  readonly text: string;
}

const Notify = createContext<(notice: Notice) => void>(() => undefined);

/** Says what was done, on whatever page comes next. */
export const useNotify = (): ((notice: Notice) => void) => use(Notify);

/** Holds the latest notice above the page until it is dismissed or another takes its place. */
export const Notices = ({ children }: { readonly children: (shown: ReactNode) => ReactNode }) => {
  const [notice, setNotice] = useState<Notice | null>(null);
  const notify = useCallback((next: Notice) => setNotice(next), []);
  const shown = useMemo(
    () => (
      <output className="atmo-notices">
        {notice !== null && (
          <Alert type={notice.type} dismissible onDismiss={() => setNotice(null)}>
            {notice.text}
          </Alert>
        )}
      </output>
    ),
    [notice],
  );
  return <Notify value={notify}>{children(shown)}</Notify>;
};
