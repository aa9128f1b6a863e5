import type { RawAnswer } from '../../shared/contract/route.ts';
import { escapeHtml } from '../runtime/escape-html.ts';

interface Problem {
  readonly status: number;
  readonly title: string;
  /** What happened, and what to do about it. */
  readonly detail: string;
}

/** A page for people whom the identity provider sent back without a session. */
export const problemPage = ({ status, title, detail }: Problem): RawAnswer => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  },
  body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} - ATMO</title>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(detail)}</p>
<p><a href="/auth/sign-in">Sign in</a></p>
</main>
</body>
</html>
`,
});
