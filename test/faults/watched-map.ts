/** A table's items: each write is told, and reaches the copy that indexes answer from only later. */
export class WatchedMap<Item> extends Map<string, Item> {
  /** What the indexes know. */
  readonly indexed = new Map<string, Item>();
  readonly #lag: () => number;
  readonly #written: (after: Item | undefined, before: Item | undefined) => void;

  /** @param lag milliseconds until the indexes have a write */
  constructor(lag: () => number, written: (after: Item | undefined, before: Item | undefined) => void) {
    super();
    this.#lag = lag;
    this.#written = written;
  }

  override set(key: string, item: Item): this {
    const before = this.get(key);
    super.set(key, item);
    if (before !== item) this.#told(key, item, before);
    return this;
  }

  override delete(key: string): boolean {
    const before = this.get(key);
    const isDeleted = super.delete(key);
    if (before !== undefined) this.#told(key, undefined, before);
    return isDeleted;
  }

  #told(key: string, after: Item | undefined, before: Item | undefined): void {
    this.#written(after, before);
    const copy = (): void => {
      const newest = this.get(key);
      if (newest === undefined) this.indexed.delete(key);
      else this.indexed.set(key, newest);
    };
    const lag = this.#lag();
    if (lag === 0) copy();
    else setTimeout(copy, lag);
  }
}

/** A repository whose index queries are answered from a copy that lags behind. */
export const lagging = <Repository extends object>(
  repository: Repository,
  indexed: Repository,
  queries: readonly (keyof Repository)[],
): Repository => {
  const lagged = Object.fromEntries(queries.map((query) => [query, indexed[query]]));
  return { ...repository, ...lagged };
};
