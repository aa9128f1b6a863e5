/** The ports of the simulation at hand, by the name of what makes each adapter. */
export type AdapterTable = Readonly<Record<string, () => unknown>>;

let table: AdapterTable = {};

export const useAdapters = (next: AdapterTable): void => {
  table = next;
};

/** What an adapter's module answers in its place. */
export const adapter = (name: string): unknown => {
  const make = table[name];
  if (make === undefined) throw new Error(`The simulation has no port for the adapter ${name}.`);
  return make();
};
