import type { SqlValue } from '../../../mdf/index.ts'
import type { ExecutionHost, RowChange } from '../host.ts'
import { checkReferences, findOrphans, keyReader, type Orphans } from './foreign-keys.ts'
import { type ChangeVerb, RowMaker, type WritableTable } from './row-maker.ts'

/** A change with the row as it was. */
export type PlannedChange =
  | { readonly kind: 'insert'; readonly after: readonly SqlValue[] }
  | {
      readonly kind: 'update'
      readonly locator: bigint
      readonly before: readonly SqlValue[]
      readonly after: readonly SqlValue[]
    }
  | { readonly kind: 'delete'; readonly locator: bigint; readonly before: readonly SqlValue[] }

interface ChangeContext {
  readonly host: ExecutionHost
  /** As messages name the statement. */
  readonly verb: ChangeVerb
  /** A bulk load may leave foreign keys unchecked. */
  readonly checksReferences?: boolean
  /** Told of the changes that foreign keys make in other tables, and in which of their columns. */
  readonly onCascade?: (
    table: WritableTable,
    ordinals: readonly number[],
    changes: readonly PlannedChange[],
  ) => void
}

/**
 * Carries out the changes of a statement on one table, with what foreign keys demand of other tables.
 * @returns the inserts that IGNORE_DUP_KEY left out
 * @throws SqlError 2627, 2601, 547
 */
export function applyChanges(
  table: WritableTable,
  changes: readonly PlannedChange[],
  context: ChangeContext,
): ReadonlySet<PlannedChange> {
  const given = changes.map(toRowChange)
  const ignored = new Set<RowChange>(table.writer.apply(given))
  const leftOut = new Set(changes.filter((_, index) => ignored.has(given[index] as RowChange)))
  const added = changes.flatMap((change) =>
    change.kind === 'delete' || leftOut.has(change) ? [] : [change.after],
  )
  if (context.checksReferences !== false) checkReferences(table, added, context)
  cascade(table, changes, context)
  return leftOut
}

function toRowChange(change: PlannedChange): RowChange {
  switch (change.kind) {
    case 'insert':
      return { kind: 'insert', values: change.after }
    case 'update':
      return { kind: 'update', locator: change.locator, values: change.after }
    case 'delete':
      return { kind: 'delete', locator: change.locator }
  }
}

function cascade(
  table: WritableTable,
  changes: readonly PlannedChange[],
  { host, onCascade }: ChangeContext,
): void {
  if (table.writer.referencingKeys.length === 0) return
  for (const kind of ['delete', 'update'] as const) {
    const own = changes.filter((change) => change.kind === kind)
    const before = own.flatMap((change) => (change.kind === 'insert' ? [] : [change.before]))
    const verb = kind === 'delete' ? 'DELETE' : 'UPDATE'
    for (const orphans of findOrphans(table, before, { host, verb })) {
      const action = kind === 'delete' ? orphans.rule.onDelete : orphans.rule.onUpdate
      const isDeletion = kind === 'delete' && action === 'cascade'
      const next = isDeletion
        ? orphans.rows.map(({ locator, values }) => ({ kind, locator, before: values }))
        : updated(orphans, own, { host, action, table })
      onCascade?.(orphans.table, isDeletion ? [] : orphans.ordinals, next)
      applyChanges(orphans.table, next, { host, verb, ...(onCascade && { onCascade }) })
    }
  }
}

/** Rows whose key follows the one it refers to, or becomes NULL or its default. */
function updated(
  { table, ordinals, referencedOrdinals, rows }: Orphans,
  changes: readonly PlannedChange[],
  parts: { readonly host: ExecutionHost; readonly action: string; readonly table: WritableTable },
): PlannedChange[] {
  const maker = new RowMaker(table, parts.host)
  const keyOf = keyReader(parts.table, referencedOrdinals)
  const newKeys = new Map<string | undefined, readonly SqlValue[]>()
  for (const change of changes) {
    if (change.kind !== 'update') continue
    const key = keyOf(referencedOrdinals.map((ordinal) => change.before[ordinal] ?? null))
    newKeys.set(
      key,
      referencedOrdinals.map((ordinal) => change.after[ordinal] ?? null),
    )
  }
  return rows.map(({ locator, values, key }) => {
    const after = [...values]
    const followed = parts.action === 'cascade' ? newKeys.get(key) : undefined
    for (const [index, ordinal] of ordinals.entries()) {
      after[ordinal] =
        parts.action === 'set-default' ? maker.defaultOf(ordinal) : (followed?.[index] ?? null)
    }
    return { kind: 'update', locator, before: values, after: maker.changedRow(after) }
  })
}
