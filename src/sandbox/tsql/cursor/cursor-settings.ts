import type { CursorDefinition } from '../syntax/index.ts'

export type CursorModel = 'static' | 'keyset' | 'dynamic'

/** What a cursor is asked to be. */
export type CursorOptions = Pick<
  CursorDefinition,
  'movement' | 'model' | 'concurrency' | 'update' | 'query'
>

export interface CursorSettings {
  readonly model: CursorModel
  readonly isForwardOnly: boolean
  readonly concurrency: 'read-only' | 'scroll-locks' | 'optimistic'
  /** The columns that UPDATE may set; undefined when all. */
  readonly updateColumns: readonly string[] | undefined
}

/**
 * What a cursor is when not everything is said. Without a model it is dynamic, and with SCROLL a keyset; it
 * scrolls when it has a model of its own, and is forward only otherwise.
 */
export function cursorSettings(options: CursorOptions): CursorSettings {
  const { movement, concurrency, update } = options
  const columns = update === undefined || update.columns.length === 0 ? undefined : update.columns
  const isFast = options.model === 'fast-forward'
  const isScrolling = isFast
    ? false
    : movement === 'scroll' || (movement === undefined && options.model !== undefined)
  const model = modelOf(options, isScrolling)
  return {
    model,
    isForwardOnly: !isScrolling,
    concurrency: model === 'static' || isFast ? 'read-only' : (concurrency ?? 'optimistic'),
    updateColumns: columns,
  }
}

function modelOf({ model, query }: CursorOptions, isScrolling: boolean): CursorModel {
  if (isWorked(query)) return 'static'
  if (model === undefined) return isScrolling ? 'keyset' : 'dynamic'
  return model === 'fast-forward' ? 'dynamic' : model
}

/** The rows of such a query are made in a work table, so that the cursor is of that copy. */
function isWorked({ body }: CursorOptions['query']): boolean {
  if (body.kind === 'set-operation') return true
  if (body.kind === 'nested') return isWorked(body.query)
  return body.distinct || body.groupBy.length > 0
}
