import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useSyncExternalStore } from 'react';

import { useRemembered } from '../lib/use-remembered.ts';

/** Safari on phones has no notifications outside installed pages. */
const permission = (): NotificationPermission => ('Notification' in globalThis ? Notification.permission : 'denied');

let listeners: readonly (() => void)[] = [];

const subscribe = (listener: () => void): (() => void) => {
  listeners = [...listeners, listener];
  return () => {
    listeners = listeners.filter((other) => other !== listener);
  };
};

/** Whether the person lets this site notify them. */
export const useMayNotify = (): boolean => useSyncExternalStore(subscribe, permission) === 'granted';

/** Asks once, in this browser, whether to notify. */
export const AskToBeTold = () => {
  const [answer, setAnswer] = useRemembered('atmo-notify', '');
  const present = useSyncExternalStore(subscribe, permission);
  if (present !== 'default' || answer !== '') return null;
  const ask = async (): Promise<void> => {
    await Notification.requestPermission();
    setAnswer('asked');
    for (const listener of listeners) listener();
  };
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button onClick={() => void ask()}>Notify me when it is ready</Button>
      <Button variant="link" onClick={() => setAnswer('no')}>
        No notifications
      </Button>
    </SpaceBetween>
  );
};

/** Notifies when the start came to its end while the page was out of sight. */
export const useReadyNotification = (name: string, isStarting: boolean | undefined, state: string): void => {
  const wasStarting = useRef(false);
  useEffect(() => {
    const came = wasStarting.current && isStarting === false;
    wasStarting.current = isStarting === true;
    if (came && document.hidden && permission() === 'granted') void new Notification(`${name}: ${state}`);
  }, [isStarting, name, state]);
};
