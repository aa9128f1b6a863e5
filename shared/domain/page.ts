import type { Instant } from './instant.ts';

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Opaque; null on the last page. */
  readonly cursor: string | null;
}

/** The items of a list, all of them or as many as are read at most. */
export interface WholeList<Item> {
  readonly items: readonly Item[];
  readonly isWhole: boolean;
}

export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A place in a list of objects that is sorted by the time of creation, then by id, newest first. */
export interface ListPosition {
  readonly createdAt: Instant;
  readonly id: string;
}

/** Sorts like the position: texts of two positions compare as the positions do. */
export const positionText = ({ createdAt, id }: ListPosition): string => `${createdAt}#${id}`;
