/** Parameters of AWS's query protocol, where lists and structures are parts of names: `Filter.1.Value.2`. */
export class QueryParameters {
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: Iterable<readonly [string, string]>) {
    this.#values = new Map(values);
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** The parameters below `name.1`, `name.2` and so on, each with names of its own; a plain value has the name ''. */
  list(name: string): QueryParameters[] {
    const members = new Map<number, [string, string][]>();
    for (const [key, value] of this.#values) {
      if (!key.startsWith(`${name}.`)) continue;
      const [, index = '', rest = ''] = /^(\d{1,4})(?:\.(.*))?$/s.exec(key.slice(name.length + 1)) ?? [];
      if (index === '') continue;
      const member = members.get(Number(index)) ?? [];
      member.push([rest, value]);
      members.set(Number(index), member);
    }
    return [...members].toSorted(([one], [other]) => one - other).map(([, entries]) => new QueryParameters(entries));
  }

  /** A list of plain values. */
  values(name: string): string[] {
    return this.list(name).map((member) => member.get('') ?? '');
  }
}
