import { UNSAVED, type DocumentVersion } from '../../shared/domain/document.ts';
import { completeSettings, type CurrentSettings, type Settings } from '../../shared/domain/settings.ts';

/** @throws AwsThrottled, AwsFailed */
export type ReadSettings = () => Promise<CurrentSettings>;

/**
 * The settings that count now: the newest that an admin saved, or the stage's own.
 * @param newest reads the newest version: the very newest where something is launched, a recent one where each request asks
 */
export const readSettings =
  (ofStage: Settings, newest: () => Promise<DocumentVersion<'settings'> | null>): ReadSettings =>
  async () => {
    const saved = await newest();
    return saved === null
      ? { ...ofStage, version: UNSAVED }
      : { ...completeSettings(saved.content, ofStage), version: saved.version };
  };
