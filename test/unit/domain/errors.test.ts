import { describe, expect, it } from 'vitest';

import * as errors from '../../../shared/domain/errors.ts';

describe('refused input', () => {
  const refusal = (count: number) =>
    new errors.InvalidInput(
      Array.from({ length: count }, (_, n) => ({ field: `field${n + 1}`, message: 'is wrong.' })),
    );

  it('names each field with what is wrong with it', () => {
    expect(refusal(2)).toMatchObject({
      message: 'field1: is wrong.; field2: is wrong.',
      errors: [{ field: 'field1' }, { field: 'field2' }],
    });
  });

  it.each([
    [10, /field10: is wrong\.$/, 10],
    [11, /field10: is wrong\.; and 1 more$/, 10],
    [500, /field10: is wrong\.; and 490 more$/, 10],
  ])('of %d fields names ten at most, and counts the others', (count, message, named) => {
    const error = refusal(count);
    expect(error.message).toMatch(message);
    expect(error.errors).toHaveLength(named);
    expect(error.evidence).toEqual({ errors: error.errors });
  });

  it('of one field is made by its name', () => {
    expect(errors.InvalidInput.field('title', 'Give a title.')).toMatchObject({
      errors: [{ field: 'title', message: 'Give a title.' }],
    });
  });
});

describe('errors of the domain', () => {
  it('are caught by the names of their classes, which Step Functions and HTTP know', () => {
    const { DomainError: _, InvalidInput, NotFound, ...others } = errors;
    const thrown = [
      new InvalidInput([]),
      new NotFound('cluster', 'x'),
      ...Object.values(others).map((Other) => new Other('x')),
    ];
    expect(thrown.map(({ name }) => name).toSorted()).toEqual(
      Object.keys(errors)
        .filter((name) => name !== 'DomainError')
        .toSorted(),
    );
    for (const error of thrown) expect(error).toBeInstanceOf(errors.DomainError);
  });

  it('carry evidence for the log, none where none is given', () => {
    expect(new errors.NotFound('cluster', 'x').evidence).toEqual({ kind: 'cluster', id: 'x' });
    expect(new errors.Conflict('clashes').evidence).toEqual({});
  });
});
