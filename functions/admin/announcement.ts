import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { NO_ANNOUNCEMENT } from '../../shared/domain/announcement.ts';
import type { Caller } from '../../shared/domain/person.ts';
import type { Documents } from '../ports/documents.ts';
import { versionView, type ChangeDocument } from './change-document.ts';

type Answer = RouteOutput<Routes['getAnnouncement']>;

export const getAnnouncement =
  ({ documents }: { readonly documents: Pick<Documents, 'newest'> }) =>
  async (): Promise<Answer> => {
    const newest = await documents.newest('announcement');
    return { ...(newest?.content ?? NO_ANNOUNCEMENT), ...versionView(newest) };
  };

/** @throws StaleWrite */
export const putAnnouncement =
  ({ changeDocument }: { readonly changeDocument: ChangeDocument }) =>
  async (
    { version: basedOn, isEnabled, style, title, content, isMarkdown }: RouteInput<Routes['putAnnouncement']>,
    caller: Caller,
  ): Promise<Answer> => {
    const announcement = { isEnabled, style, title, content, isMarkdown };
    const saved = await changeDocument(
      'announcement',
      { content: announcement, basedOn, action: 'announcement.change' },
      caller,
    );
    return { ...saved.content, ...versionView(saved) };
  };
