import * as z from 'zod';

import {
  ANNOUNCEMENT_STYLES,
  MAX_ANNOUNCEMENT_CONTENT,
  MAX_ANNOUNCEMENT_TITLE,
  NO_ANNOUNCEMENT,
} from '../domain/announcement.ts';
import { optionalText, yesOrNo } from './fields.ts';
import { documentBody, documentVersion } from './documents.ts';

/** As people see it. */
export const announcement = z.object({
  isEnabled: z.boolean(),
  style: z.enum(ANNOUNCEMENT_STYLES),
  title: z.string(),
  content: z.string(),
  isMarkdown: z.boolean(),
});

export const announcementView = announcement.extend(documentVersion);

/** An announcement that is switched off may be empty. */
export const announcementBody = documentBody({
  isEnabled: yesOrNo('isEnabled'),
  style: z
    .enum(ANNOUNCEMENT_STYLES, { error: `Give style as one of ${ANNOUNCEMENT_STYLES.join(', ')}.` })
    .default(NO_ANNOUNCEMENT.style),
  title: optionalText('the title', MAX_ANNOUNCEMENT_TITLE),
  content: optionalText('the text', MAX_ANNOUNCEMENT_CONTENT),
  isMarkdown: yesOrNo('isMarkdown').default(NO_ANNOUNCEMENT.isMarkdown),
}).superRefine(({ isEnabled, title, content }, context) => {
  if (!isEnabled) return;
  for (const [field, value] of Object.entries({ title, content }))
    if (value === '')
      context.addIssue({ code: 'custom', path: [field], message: `Give a ${field} before you switch it on.` });
});
