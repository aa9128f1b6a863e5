import { readFileSync } from 'node:fs';

export interface GuideSection {
  readonly title: string;
  /** A shell script: what the guide says to type. */
  readonly script: string;
}

/** The commands of `docs/deploy.md` that are marked as rehearsed, in order, with the heading that each block stands under. */
export const rehearsedSections = (): readonly GuideSection[] => {
  const guide = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8');
  const parts = guide.matchAll(/^## (?<title>.*)$|^```sh rehearsed\n(?<script>[\s\S]*?)^```$/gm);
  const sections: GuideSection[] = [];
  let title = '';
  for (const { groups = {} } of parts) {
    if (groups['title'] !== undefined) ({ title = '' } = groups);
    else if (groups['script'] !== undefined) sections.push({ title, script: groups['script'] });
  }
  return sections;
};
