import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { completeSettings, type Settings } from '../../shared/domain/settings.ts';
import type { Documents } from '../ports/documents.ts';
import { versionView, type ChangeDocument } from './change-document.ts';

type Answer = RouteOutput<Routes['getSettings']>;

interface GetSettingsDependencies {
  readonly documents: Pick<Documents, 'newest'>;
  readonly ofStage: Settings;
}

const settingsView = ({ accountingTags, helpLinks, ...settings }: Settings) => ({
  ...settings,
  accountingTags: { ...accountingTags },
  helpLinks: [...helpLinks],
});

/** What an admin saved, or the stage's own settings with version 0. */
export const getSettings =
  ({ documents, ofStage }: GetSettingsDependencies) =>
  async (): Promise<Answer> => {
    const saved = await documents.newest('settings');
    return {
      ...settingsView(saved === null ? ofStage : completeSettings(saved.content, ofStage)),
      ...versionView(saved),
    };
  };

/** Always makes a new version, also where nothing differs. @throws StaleWrite */
export const putSettings =
  ({ changeDocument, ofStage }: { readonly changeDocument: ChangeDocument; readonly ofStage: Settings }) =>
  async (
    { version: basedOn, changedAt: _at, changedBy: _by, ...settings }: RouteInput<Routes['putSettings']>,
    caller: Caller,
  ): Promise<Answer> => {
    const change = { content: settings, basedOn, action: 'settings.change', unsaved: ofStage } as const;
    const saved = await changeDocument('settings', change, caller);
    return { ...settingsView(saved.content), ...versionView(saved) };
  };
