import { expect, it } from 'vitest';

import { differences } from '../../../shared/domain/differences.ts';

it('names each field that differs, dotted, and takes lists as wholes', () => {
  const before = { a: 1, same: { x: null }, spot: { isEnabled: false, percent: 50 }, tags: { One: '1' }, list: [1, 2] };
  const after = { a: 1, same: { x: null }, spot: { isEnabled: true, percent: 50 }, tags: { Two: '2' }, list: [1] };
  expect(differences(before, after)).toEqual([
    { field: 'spot.isEnabled', before: false, after: true },
    { field: 'tags.One', before: '1', after: undefined },
    { field: 'tags.Two', before: undefined, after: '2' },
    { field: 'list', before: [1, 2], after: [1] },
  ]);
  expect(differences(before, before)).toEqual([]);
});
