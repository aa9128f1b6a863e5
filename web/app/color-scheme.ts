import { applyMode, Mode } from '@cloudscape-design/global-styles';

/** Light or dark as the person's system has it, now and when it changes. */
export const followColorScheme = (): void => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => applyMode(dark.matches ? Mode.Dark : Mode.Light);
  dark.addEventListener('change', apply);
  apply();
};
