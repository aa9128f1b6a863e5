import { describe, expect, it } from 'vitest';

import { mostHomes } from '../../../shared/domain/homes.ts';

describe('for how many people there are homes', () => {
  it.each([
    [1, 400],
    [2, 200],
    [3, 133],
    // Subnets are always there; a setting that names none divides by nothing.
    [0, 400],
  ])('with %i subnets: %i', (subnets, people) => {
    expect(mostHomes(subnets)).toBe(people);
  });
});
