/** What was typed into a form, kept in this tab until the form is saved. */
export interface Draft<Values> {
  /** Null: none, or one of a form with other fields. */
  readonly recall: () => Values | null;
  readonly keep: (values: Values) => void;
  readonly forget: () => void;
}

const sameFields = (one: object, other: object): boolean =>
  JSON.stringify(Object.keys(one).toSorted()) === JSON.stringify(Object.keys(other).toSorted());

/** @param name of the form, with the person and the object that it is about */
export const draftOf = <Values extends object>(name: string, initial: Values): Draft<Values> => {
  const key = `atmo-draft ${name}`;
  return {
    recall() {
      try {
        const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
        return typeof kept === 'object' && kept !== null && sameFields(kept, initial) ? (kept as Values) : null;
      } catch {
        return null;
      }
    },
    keep(values) {
      try {
        sessionStorage.setItem(key, JSON.stringify(values));
      } catch {
        // Storage is blocked or full; the question before leaving remains.
      }
    },
    forget() {
      try {
        sessionStorage.removeItem(key);
      } catch {
        // Nothing is stored where storage is blocked.
      }
    },
  };
};
