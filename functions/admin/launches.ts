import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { LAUNCHES_ALLOWED } from '../../shared/domain/launches.ts';
import type { Caller } from '../../shared/domain/person.ts';
import type { Documents } from '../ports/documents.ts';
import { versionView, type ChangeDocument } from './change-document.ts';

type Answer = RouteOutput<Routes['getLaunches']>;

export const getLaunches =
  ({ documents }: { readonly documents: Pick<Documents, 'newest'> }) =>
  async (): Promise<Answer> => {
    const newest = await documents.newest('launches');
    return { ...(newest?.content ?? LAUNCHES_ALLOWED), ...versionView(newest) };
  };

/** @throws StaleWrite */
export const setLaunches =
  ({ changeDocument }: { readonly changeDocument: ChangeDocument }) =>
  async (
    { version: basedOn, isPaused, reason }: RouteInput<Routes['setLaunches']>,
    caller: Caller,
  ): Promise<Answer> => {
    const saved = await changeDocument(
      'launches',
      {
        content: isPaused ? { isPaused, reason } : LAUNCHES_ALLOWED,
        basedOn,
        action: isPaused ? 'launches.pause' : 'launches.resume',
      },
      caller,
    );
    return { ...saved.content, ...versionView(saved) };
  };
