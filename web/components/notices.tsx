import Alert from '@cloudscape-design/components/alert';
import { useCallback, useEffect, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';

interface Notice {
  readonly type: 'success' | 'error' | 'info';
  readonly text: string;
}

interface ShownNotice extends Notice {
  readonly id: number;
  /** Whether the page for which it is has been reached: the next one takes it away. */
  readonly wasSeen: boolean;
}

/** Notices that are shown at once; the oldest goes first. */
const MAX_NOTICES = 4;

let stack: readonly ShownNotice[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

const setStack = (next: readonly ShownNotice[]): void => {
  stack = next;
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Shows a notice on the next page or, without one, on this page. It disappears with the page after that. */
export const useNotify = (): ((notice: Notice, to?: string) => void) => {
  const navigate = useNavigate();
  return useCallback(
    (notice, to) => {
      lastId += 1;
      setStack([...stack, { ...notice, id: lastId, wasSeen: to === undefined }].slice(-MAX_NOTICES));
      if (to !== undefined) void navigate(to);
    },
    [navigate],
  );
};

const dismiss = (id: number): void => setStack(stack.filter((notice) => notice.id !== id));

/** Keeps what was announced for this page, and drops what earlier pages showed. */
const usePageOfNotices = (): void => {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    setStack(stack.filter(({ wasSeen }) => !wasSeen).map((notice) => Object.assign({}, notice, { wasSeen: true })));
  }, [pathname]);
};

/** The one place of notices above every page: what concerns everybody, then what the person's own acts led to. */
export const Notices = ({ children }: { readonly children: ReactNode }) => {
  usePageOfNotices();
  const notices = useSyncExternalStore(subscribe, () => stack);
  return (
    <div className="atmo-notices">
      {children}
      <output>
        {notices.map(({ id, type, text }) => (
          <Alert key={id} type={type} dismissible onDismiss={() => dismiss(id)}>
            {text}
          </Alert>
        ))}
      </output>
    </div>
  );
};
