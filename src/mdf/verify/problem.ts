/** What a problem is about; the words are what scripts select by. */
export const PROBLEM_KINDS = [
  'file',
  'log',
  'checksum',
  'torn-page',
  'page-header',
  'slot',
  'record',
  'value',
  'allocation',
  'page-link',
  'index-structure',
  'index-order',
  'index-row',
  'lob',
  'forwarding',
  'catalog',
  'not-checked',
] as const

export type ProblemKind = (typeof PROBLEM_KINDS)[number]

/** The table, view or index that a page or row belongs to. */
export interface ProblemObject {
  readonly objectId: number
  /** Schema and name, such as `dbo.Orders`. */
  readonly name: string
  /** 0 for a heap, 1 for the clustered index; undefined when the problem is of no one index. */
  readonly indexId: number | undefined
  /** undefined for a heap. */
  readonly indexName: string | undefined
}

/**
 * Something wrong with a database's files. An `error` means that data is lost or wrong, or that SQL
 * Server would report it; a `warning` is worth knowing and makes no file bad (a row count that lags
 * behind, a part that can't be checked).
 */
export interface Problem {
  readonly kind: ProblemKind
  readonly severity: 'error' | 'warning'
  readonly path: string
  readonly fileId: number | undefined
  readonly pageNumber: number | undefined
  readonly slot: number | undefined
  /** undefined for pages that belong to no table, and where that can't be found out. */
  readonly object: ProblemObject | undefined
  /** What is wrong, in one line, with what was expected and what was found. */
  readonly message: string
  /** What it means for the data, in one line. */
  readonly consequence: string
}

/** Takes problems as they are found: a file full of them is never held in memory. */
export type ProblemSink = (problem: Problem) => void
