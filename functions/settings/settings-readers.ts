import type { Documents } from '../ports/documents.ts';
import type { Clock } from '../runtime/clock.ts';
import { readSettings, type ReadSettings } from './read-settings.ts';
import { recentVersion } from './recent-version.ts';
import { stageSettings } from './stage-settings.ts';

interface SettingsReadersDependencies {
  readonly environment: Parameters<typeof stageSettings>[0];
  readonly documents: Pick<Documents, 'newest'>;
  readonly clock: Clock;
}

/** The two ways in which a function reads the settings. */
export interface SettingsReaders {
  /** The newest: what a launch, a form and an estimate go by. */
  readonly settings: ReadSettings;
  /** At most some seconds old, for what every request needs. */
  readonly recentSettings: ReadSettings;
}

export const settingsReaders = ({ environment, documents, clock }: SettingsReadersDependencies): SettingsReaders => {
  const ofStage = stageSettings(environment);
  return {
    settings: readSettings(ofStage, () => documents.newest('settings')),
    recentSettings: readSettings(ofStage, recentVersion('settings', { documents, clock })),
  };
};
