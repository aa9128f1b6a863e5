export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** Why local control does not do what it was asked for; becomes a problem answer. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly errors: readonly FieldProblem[];

  constructor(status: number, detail: string, errors: readonly FieldProblem[] = []) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }

  static field(field: string, message: string): Refused {
    return new Refused(400, `${field}: ${message}`, [{ field, message }]);
  }
}
