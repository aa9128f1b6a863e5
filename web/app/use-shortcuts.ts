import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';

import { recalled } from '../lib/use-remembered.ts';

/** Where single keys are off, for people who speak their input (WCAG 2.1.4). */
export const SHORTCUTS_SETTING = 'atmo-shortcuts';

/** The second key after `g`. */
export const GO_TO: Readonly<Record<string, { readonly to: string; readonly text: string }>> = {
  d: { to: '/', text: 'Dashboard' },
  c: { to: '/clusters', text: 'Clusters' },
  s: { to: '/sessions', text: 'Sessions' },
  j: { to: '/spark-jobs', text: 'Spark jobs' },
  k: { to: '/ssh-keys', text: 'SSH keys' },
  u: { to: '/usage', text: 'Usage' },
};

/** Milliseconds in which the second key follows. */
const FOLLOWS = 1500;

const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role="textbox"], [role="listbox"]') !== null);

/** Cloudscape's dialogs are in the page also while they are closed. */
const isDialogOpen = (): boolean =>
  [...document.querySelectorAll('dialog[open], [role="dialog"]')].some((dialog) => dialog.checkVisibility());

/** Single keys, while nothing takes text and no dialog is open. */
export const useShortcuts = (actions: Readonly<Record<string, () => void>>): void => {
  const navigate = useNavigate();
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    let goAt = 0;
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || takesText(event.target)) return;
      if (recalled(SHORTCUTS_SETTING) === 'off' || isDialogOpen()) return;
      const target = Date.now() - goAt < FOLLOWS ? GO_TO[event.key] : undefined;
      goAt = event.key === 'g' ? Date.now() : 0;
      const act = target === undefined ? latest.current[event.key] : () => void navigate(target.to);
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [navigate]);
};
