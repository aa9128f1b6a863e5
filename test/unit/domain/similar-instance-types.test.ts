import { describe, expect, it } from 'vitest';

import { PRICE_TABLE } from '../../../shared/domain/price-table.ts';
import { similarInstanceTypes } from '../../../shared/domain/similar-instance-types.ts';

const offeredIn = (region: string) => (instanceType: string) =>
  PRICE_TABLE.regions[region]?.instances[instanceType] !== undefined;

describe('similar instance types', () => {
  it('are of the same size, the chosen one first', () => {
    expect(similarInstanceTypes('m7g.xlarge', () => true)).toEqual([
      'm7g.xlarge',
      'm6g.xlarge',
      'm8g.xlarge',
      'r6g.xlarge',
      'r7g.xlarge',
    ]);
  });

  it('are only those that the Region has', () => {
    expect(similarInstanceTypes('m7g.xlarge', offeredIn('eu-central-1'))).not.toContain('m8g.xlarge');
    expect(similarInstanceTypes('m7g.xlarge', offeredIn('eu-central-1')).length).toBeGreaterThan(1);
  });

  it('are none for a type that stands alone', () => {
    expect(similarInstanceTypes('x2gd.xlarge', () => true)).toEqual(['x2gd.xlarge']);
  });

  /** Generations of Graviton have a `g` after their number. */
  const isArm = (instanceType: string): boolean => /^[a-z]\dg/.test(instanceType);

  it.each(Object.keys(PRICE_TABLE.regions['us-east-1']?.instances ?? {}))('of %s have its architecture', (type) => {
    const similar = similarInstanceTypes(type, offeredIn('us-east-1'));
    expect(similar[0]).toBe(type);
    expect(similar.length).toBeLessThanOrEqual(5);
    expect(similar.length).toBeGreaterThan(1);
    expect(new Set(similar).size).toBe(similar.length);
    expect(new Set(similar.map(isArm))).toEqual(new Set([isArm(type)]));
  });
});
