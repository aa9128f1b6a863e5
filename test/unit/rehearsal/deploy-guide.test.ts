import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { rehearsedSections } from '../../rehearsal/deploy-guide.ts';

const guide = readFileSync(new URL('../../../docs/deploy.md', import.meta.url), 'utf8');

describe('docs/deploy.md', () => {
  it('has each command either rehearsed or marked as needing an account', () => {
    const blocks = [...guide.matchAll(/^```sh(?<mark>.*)\n(?<script>[\s\S]*?)^```$/gm)].map(
      ({ groups = {} }) => groups,
    );
    const unmarked = blocks.filter(
      ({ mark, script = '' }) => mark !== ' rehearsed' && !script.startsWith('# Needs an account: '),
    );
    expect(unmarked).toEqual([]);
    expect(blocks.length).toBeGreaterThan(rehearsedSections().length);
  });

  it('gives the rehearsal what it types, under the headings where it looks', () => {
    const sections = rehearsedSections().map(({ title, script }) => `${title}: ${script.split('\n')[0]}`);
    expect(sections).toEqual([
      expect.stringMatching(/^2\. Once for each account and Region: aws iam create-service-linked-role/),
      expect.stringMatching(/^2\. Once for each account and Region: npx cdk bootstrap/),
      expect.stringMatching(/^3\. Deploy: npx cdk deploy --all/),
      expect.stringMatching(/^4\. The first admin: POOL=/),
      expect.stringMatching(/^Removing it: npx cdk destroy portal/),
    ]);
  });
});
