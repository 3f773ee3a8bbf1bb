/** A clause the sandbox does not have, found while a definition is read: the statement becomes a refused one. */
export class RefusedClause extends Error {
  static {
    RefusedClause.prototype.name = 'RefusedClause'
  }

  /** As the message names it: `SYSTEM_VERSIONING`. */
  readonly feature: string

  constructor(feature: string) {
    super(`the clause ${feature} is not supported`)
    this.feature = feature
  }
}
