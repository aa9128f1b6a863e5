import { readFileSync } from 'node:fs';

import { newsIn } from '../../shared/domain/news.ts';

/** Read from `NEWS.md` beside the sources; a bundle has the news in this place, see infra/lambda-bundle.ts. */
export const NEWS = newsIn(readFileSync(new URL('../../NEWS.md', import.meta.url), 'utf8'));
