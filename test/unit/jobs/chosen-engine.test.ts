import { describe, expect, it } from 'vitest';

import { chosenEngine } from '../../../functions/jobs/chosen-engine.ts';

type Wish = Parameters<typeof chosenEngine>[0];

const OFFER = { hasServerless: true, defaultEngine: 'serverless' } as const;
const jupyter = (wanted?: Wish['wanted']): Wish => ({
  wanted,
  kind: 'jupyter',
  release: { version: '7.13.0', engines: ['cluster', 'serverless'] },
});
const refused = (message: RegExp) =>
  expect.objectContaining({
    name: 'InvalidInput',
    errors: [{ field: 'engine', message: expect.stringMatching(message) as string }],
  }) as Error;

describe('the engine of a job', () => {
  it('is the one that is asked for', () => {
    expect(chosenEngine(jupyter('cluster'), OFFER)).toBe('cluster');
    expect(chosenEngine(jupyter('serverless'), { ...OFFER, defaultEngine: 'cluster' })).toBe('serverless');
  });

  it('is the default one where none is asked for', () => {
    expect(chosenEngine(jupyter(), OFFER)).toBe('serverless');
    expect(chosenEngine(jupyter(), { ...OFFER, defaultEngine: 'cluster' })).toBe('cluster');
  });

  it.each<[string, Partial<Wish>, Partial<typeof OFFER> | { hasServerless: false }, RegExp]>([
    ['the stage has no other', {}, { hasServerless: false }, /no serverless engine.*engine cluster/],
    ['it is a Zeppelin note', { kind: 'zeppelin' }, {}, /Zeppelin notes.*cluster only.*Jupyter/],
    [
      'EMR Serverless has not the release',
      { release: { version: '7.12.0', engines: ['cluster'] } },
      {},
      /Release 7\.12\.0 is not offered on EMR Serverless.*another release/,
    ],
  ])('is a cluster where %s, and refused where the other is asked for', (_what, wish, offer, message) => {
    expect(chosenEngine({ ...jupyter(), ...wish }, { ...OFFER, ...offer })).toBe('cluster');
    expect(() => chosenEngine({ ...jupyter('serverless'), ...wish }, { ...OFFER, ...offer })).toThrow(refused(message));
  });
});
