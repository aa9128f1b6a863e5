import type { GrantRepository } from '../../functions/ports/grant-repository.ts';
import type { Grant, Grantee, SharedKind } from '../../shared/domain/grant.ts';
import { positionText } from '../../shared/domain/page.ts';
import { paged } from './paged.ts';

const keyOf = ({ object, to }: Pick<Grant, 'object' | 'to'>): string => `${object.kind} ${object.id} ${to}`;

const newestFirst = (a: Grant, b: Grant): number => positionText(b.object).localeCompare(positionText(a.object));

export const fakeGrantRepository = (...present: readonly Grant[]): GrantRepository => {
  const grants = new Map(present.map((grant) => [keyOf(grant), grant]));
  const where = (passes: (grant: Grant) => boolean): Grant[] => [...grants.values()].filter(passes);
  const of = (kind: SharedKind) => (grant: Grant) => grant.object.kind === kind;
  return {
    on: async (kind, objectId) =>
      where(({ object }) => object.kind === kind && object.id === objectId).toSorted((a, b) => (a.to < b.to ? -1 : 1)),
    heldBy: async (to: Grantee, kind, after, limit) =>
      where((grant) => grant.to === to && grant.object.kind === kind)
        .filter(({ object }) => after === null || positionText(object) < positionText(after))
        .toSorted(newestFirst)
        .slice(0, limit),
    all: async (kind, page) => paged(`grants#${kind}`, where(of(kind)).toSorted(newestFirst).toReversed(), page),
    async put(grant) {
      grants.set(keyOf(grant), grant);
    },
    async remove(grant) {
      grants.delete(keyOf(grant));
    },
  };
};
