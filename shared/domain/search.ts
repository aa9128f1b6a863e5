/** What of an item is searched and sorted by. */
export interface Searchable<Item, Field extends string> {
  readonly idOf: (item: Item) => string;
  /** Null: the item has none. */
  readonly textsOf: (item: Item) => readonly (string | null)[];
  readonly fields: Readonly<Record<Field, (item: Item) => string | number | null>>;
  /** The order of what is searched without a sort: that of the list itself. */
  readonly byDefault: Sort<Field>;
}

/** A field, with `-` before it for descending order. */
export type Sort<Field extends string> = Field | `-${Field}`;

/** A place in a sorted list: the value sorted by, and the id where several have the same. */
export interface SortedPosition {
  readonly value: string | number | null;
  readonly id: string;
}

// By numbers within the text: job-2 before job-10, 7.9.0 before 7.10.0.
const collator = new Intl.Collator('en', { numeric: true });

const compareValues = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));

/** What has no value comes last, in either order. */
const compare = (a: SortedPosition, b: SortedPosition, direction: 1 | -1): number => {
  if (a.value === null || b.value === null) {
    if (a.value !== b.value) return a.value === null ? 1 : -1;
    return direction * (a.id < b.id ? -1 : Number(a.id !== b.id));
  }
  return direction * (compareValues(a.value, b.value) || (a.id < b.id ? -1 : Number(a.id !== b.id)));
};

const words = (text: string): string => text.normalize('NFKC').toLowerCase();

/** The items that have all words of the query in one of their texts, each in any case. */
export const matching = <Item>(
  items: readonly Item[],
  query: string,
  { textsOf }: Pick<Searchable<Item, never>, 'textsOf'>,
): readonly Item[] => {
  const wanted = words(query).split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    const texts = textsOf(item).flatMap((text) => (text === null ? [] : [words(text)]));
    return wanted.every((word) => texts.some((text) => text.includes(word)));
  });
};

/** A part of the items in order, beginning after the position, with the position of its last item unless it is the end. */
export const sortedPart = <Item, Field extends string>(
  items: readonly Item[],
  sort: Sort<Field>,
  { idOf, fields }: Pick<Searchable<Item, Field>, 'idOf' | 'fields'>,
  { after, limit }: { readonly after: SortedPosition | null; readonly limit: number },
): { readonly items: readonly Item[]; readonly next: SortedPosition | null } => {
  const direction = sort.startsWith('-') ? -1 : 1;
  const valueOf = fields[sort.replace(/^-/, '') as Field];
  const placed = items
    .map((item) => ({ item, position: { value: valueOf(item), id: idOf(item) } }))
    .toSorted((a, b) => compare(a.position, b.position, direction))
    .filter(({ position }) => after === null || compare(position, after, direction) > 0);
  const part = placed.slice(0, limit);
  return {
    items: part.map(({ item }) => item),
    next: placed.length > limit ? (part.at(-1)?.position ?? null) : null,
  };
};

/** Whether the object is the person's of that name, in any case; of anybody where none is given. */
export const isOwnedBy = ({ owner }: { readonly owner: string }, wanted: string | undefined): boolean =>
  wanted === undefined || owner.toLowerCase() === wanted.toLowerCase();
