import { applyDensity, applyMode, Density, Mode } from '@cloudscape-design/global-styles';
import { useEffect } from 'react';

import { useRemembered } from '../lib/use-remembered.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const DENSITIES = ['comfortable', 'compact'] as const;
const DARK = '(prefers-color-scheme: dark)';

const applyTheme = (theme: Theme): void => {
  const isDark = theme === 'dark' || (theme === 'system' && matchMedia(DARK).matches);
  applyMode(isDark ? Mode.Dark : Mode.Light);
  // For what the browser draws itself: scroll bars, radio buttons, date fields.
  document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
};

/** One of the known values: storage may hold anything. */
const oneOf = <Value extends string>(values: readonly [Value, ...Value[]], stored: string): Value =>
  values.find((value) => value === stored) ?? values[0];

/** The person's theme and density in this browser, applied to the page. */
export const useAppearance = () => {
  const [storedTheme, setTheme] = useRemembered('atmo-theme', 'system');
  const [storedDensity, setDensity] = useRemembered('atmo-density', 'comfortable');
  const theme = oneOf(THEMES, storedTheme);
  const density = oneOf(DENSITIES, storedDensity);
  useEffect(() => {
    const apply = (): void => applyTheme(theme);
    apply();
    const system = matchMedia(DARK);
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [theme]);
  useEffect(() => applyDensity(density === 'compact' ? Density.Compact : Density.Comfortable), [density]);
  return { theme, setTheme, density, setDensity };
};

/** Before the first render, so that no page flashes in the other theme. */
export const applyStoredAppearance = (read: (name: string) => string | null): void => {
  applyTheme(oneOf(THEMES, read('atmo-theme') ?? ''));
  applyDensity(read('atmo-density') === 'compact' ? Density.Compact : Density.Comfortable);
};
