import type { Problem, ProblemKind, ProblemObject, ProblemSink } from './problem.ts'

/** What a check says; where and whose it is comes from the place it looked at. */
export interface Finding {
  readonly kind: ProblemKind
  /** `error` when left out. */
  readonly severity?: Problem['severity']
  readonly message: string
  readonly consequence: string
}

/** Where a finding is. */
export interface FindingPlace {
  readonly path: string
  readonly fileId?: number | undefined
  readonly pageNumber?: number | undefined
  readonly slot?: number | undefined
  readonly object?: ProblemObject | undefined
}

/** Kinds that are about pages agreeing with each other, which a database in use may not until recovery. */
const SETTLED_BY_RECOVERY: readonly ProblemKind[] = [
  'allocation',
  'page-link',
  'index-structure',
  'index-order',
  'index-row',
  'lob',
  'forwarding',
  'catalog',
]

/** Passes problems on and counts them; keeps none. */
export class VerifyReport {
  errors = 0
  warnings = 0
  /**
   * Whether the files may lack changes that are only in the log: what pages say of each other is then
   * no proof of damage.
   */
  needsRecovery = false
  readonly #sink: ProblemSink

  constructor(sink: ProblemSink) {
    this.#sink = sink
  }

  add(place: FindingPlace, finding: Finding): void {
    this.pass({
      kind: finding.kind,
      severity: finding.severity ?? 'error',
      path: place.path,
      fileId: place.fileId,
      pageNumber: place.pageNumber,
      slot: place.slot,
      object: place.object,
      message: finding.message,
      consequence: finding.consequence,
    })
  }

  /** A problem that another part has put together. */
  pass(problem: Problem): void {
    if (this.needsRecovery && problem.severity === 'error' && isSettledByRecovery(problem)) {
      const consequence = `${problem.consequence}; unless recovery from the log settles it`
      this.#count({ ...problem, severity: 'warning', consequence })
      return
    }
    this.#count(problem)
  }

  #count(problem: Problem): void {
    if (problem.severity === 'error') this.errors += 1
    else this.warnings += 1
    this.#sink(problem)
  }
}

function isSettledByRecovery({ kind }: Problem): boolean {
  return SETTLED_BY_RECOVERY.includes(kind)
}
