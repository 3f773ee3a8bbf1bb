import { PlatformError } from '../../../base/index.ts'
import type { Page, PagePointer } from '../../page/page.ts'
import type { Problem, ProblemKind, ProblemObject, ProblemSink } from '../problem.ts'
import type { VerifyContext } from '../verify-context.ts'

/** Problems of one sort that are told one by one for an index; the others are counted. */
const TOLD_ONE_BY_ONE = 10

export interface Place {
  readonly page?: Page | undefined
  readonly slot?: number | undefined
}

export interface StructureFinding extends Place {
  readonly kind: ProblemKind
  readonly severity?: Problem['severity']
  readonly message: string
  readonly consequence: string
}

/** Gives findings their place and object, and keeps a cause with thousands of effects short. */
export class StructureReport {
  readonly #context: VerifyContext
  readonly #sink: ProblemSink
  readonly #missingFiles = new Set<number>()
  readonly #counts = new Map<string, { count: number; last: StructureFinding }>()
  #object: ProblemObject | undefined
  #fileIds: ReadonlySet<number> | undefined

  constructor(context: VerifyContext, sink: ProblemSink) {
    this.#context = context
    this.#sink = sink
  }

  /** The index that findings are about from now on. */
  begin(object: ProblemObject): void {
    this.end()
    this.#object = object
  }

  /** Tells how many problems were not told one by one. */
  end(): void {
    for (const { count, last } of this.#counts.values()) {
      if (count <= TOLD_ONE_BY_ONE) continue
      const message = `${count - TOLD_ONE_BY_ONE} more problems like the last one`
      this.#tell({ ...last, page: undefined, slot: undefined, message })
    }
    this.#counts.clear()
    this.#object = undefined
  }

  find(finding: StructureFinding): void {
    const sort = `${finding.kind} ${finding.severity} ${finding.consequence}`
    const known = this.#counts.get(sort)
    const count = (known?.count ?? 0) + 1
    this.#counts.set(sort, { count, last: finding })
    if (count <= TOLD_ONE_BY_ONE) this.#tell(finding)
  }

  /** A page, or why it cannot be read. */
  readPage({ fileId, pageNumber }: PagePointer): Page | string {
    const source = this.#context.sources.get(fileId)
    if (source === undefined) {
      return this.noteMissing(fileId)
        ? `file ${fileId} was not given`
        : `the database has no file ${fileId}`
    }
    if (pageNumber >= source.pageCount) return `file ${fileId} has ${source.pageCount} pages`
    try {
      return this.#context.reader.readPage(fileId, pageNumber)
    } catch (error) {
      if (error instanceof PlatformError) return error.message
      throw error
    }
  }

  /** Tells, once, that a file of the database was not given; false when the database has no such file. */
  noteMissing(fileId: number): boolean {
    this.#fileIds ??= this.#readFileIds()
    if (!this.#fileIds.has(fileId)) return false
    if (this.#missingFiles.has(fileId)) return true
    this.#missingFiles.add(fileId)
    this.#tell({
      kind: 'file',
      message: `pages refer to data file ${fileId}, which was not given`,
      consequence: 'what this file holds cannot be read or checked',
    })
    return true
  }

  #readFileIds(): ReadonlySet<number> {
    try {
      return new Set(this.#context.reader.catalog.files.map(({ fileId }) => fileId))
    } catch (error) {
      if (error instanceof PlatformError) return new Set()
      throw error
    }
  }

  #tell({ kind, severity, page, slot, message, consequence }: StructureFinding): void {
    this.#sink({
      kind,
      severity: severity ?? 'error',
      path: page?.path ?? this.#primaryPath,
      fileId: page?.fileId,
      pageNumber: page?.pageNumber,
      slot,
      object: this.#object,
      message,
      consequence,
    })
  }

  get #primaryPath(): string {
    return this.#context.sources.get(1)?.path ?? ''
  }
}
