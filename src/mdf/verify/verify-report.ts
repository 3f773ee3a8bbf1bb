import { PageSet } from './page-set.ts'
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

/** What a page whose bytes changed on the disk may say of itself is wrong for that one reason. */
const BYTES_CHANGED: readonly ProblemKind[] = ['checksum', 'torn-page']
const ABOUT_THE_BYTES: readonly ProblemKind[] = ['page-header', 'slot', 'record', 'value']

/**
 * Passes problems on and counts them; keeps none. Once a page's bytes are known to have changed, further
 * problems with those bytes are left out: what it means for other pages is told still.
 */
export class VerifyReport {
  errors = 0
  warnings = 0
  /**
   * Whether the files may lack changes that are only in the log: what pages say of each other is then
   * no proof of damage.
   */
  needsRecovery = false
  readonly #changedPages = new PageSet()
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
    if (this.#isKnown(problem)) return
    if (this.needsRecovery && problem.severity === 'error' && isSettledByRecovery(problem)) {
      const consequence = `${problem.consequence}; unless recovery from the log settles it`
      this.#count({ ...problem, severity: 'warning', consequence })
      return
    }
    this.#count(problem)
  }

  #isKnown({ kind, fileId, pageNumber }: Problem): boolean {
    if (fileId === undefined || pageNumber === undefined) return false
    if (BYTES_CHANGED.includes(kind)) return !this.#changedPages.add(fileId, pageNumber)
    return ABOUT_THE_BYTES.includes(kind) && this.#changedPages.has(fileId, pageNumber)
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
