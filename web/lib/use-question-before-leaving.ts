import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';

/** Where a person was about to go. */
interface Destination {
  readonly to: string;
  readonly isReplacement: boolean;
  /** Of an entry of the history; null for a new one. */
  readonly key: string | null;
}

export interface LeavingQuestion {
  readonly isAsked: boolean;
  readonly stay: () => void;
  readonly leave: () => void;
  /** Lets the next page come without a question: the form was saved. */
  readonly allow: () => void;
}

/** Browsers before 2026 may lack it; there only the tab's own question is left. */
const navigation = (globalThis as { readonly navigation?: Navigation }).navigation;

/**
 * Asks before a form that holds what was typed is left: the browser asks before its tab is closed or loaded anew, the
 * portal before another of its pages. The Navigation API tells of both links and Back, without a data router (19 kB).
 */
export const useQuestionBeforeLeaving = (isEdited: boolean): LeavingQuestion => {
  const navigate = useNavigate();
  const [wanted, setWanted] = useState<Destination | null>(null);
  const isAllowed = useRef(false);
  useEffect(() => {
    if (!isEdited) return;
    const askInTab = (event: BeforeUnloadEvent): void => event.preventDefault();
    const askInPortal = (event: NavigateEvent): void => {
      const { destination, navigationType, cancelable } = event;
      const { pathname, search, hash } = new URL(destination.url);
      if (isAllowed.current || pathname === location.pathname) return;
      if (!cancelable || event.defaultPrevented || !destination.sameDocument) return;
      event.preventDefault();
      setWanted({
        to: `${pathname}${search}${hash}`,
        isReplacement: navigationType === 'replace',
        key: navigationType === 'traverse' ? destination.key : null,
      });
    };
    addEventListener('beforeunload', askInTab);
    navigation?.addEventListener('navigate', askInPortal);
    return () => {
      removeEventListener('beforeunload', askInTab);
      navigation?.removeEventListener('navigate', askInPortal);
    };
  }, [isEdited]);
  return {
    isAsked: wanted !== null,
    stay: () => setWanted(null),
    leave: () => {
      if (wanted === null) return;
      isAllowed.current = true;
      setWanted(null);
      if (wanted.key === null) void navigate(wanted.to, { replace: wanted.isReplacement });
      else navigation?.traverseTo(wanted.key);
    },
    allow: () => {
      isAllowed.current = true;
    },
  };
};
