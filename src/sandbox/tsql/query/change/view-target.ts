import type { TableSource, TableWriter, ViewSource } from '../../host.ts'
import { BIGINT } from '../../values/index.ts'
import { columnNode } from '../bind/bind-expression.ts'
import type { ChangeTarget } from '../bind/change-target.ts'
import type { StatementContext } from '../bind/statement-context.ts'
import type { Column } from '../plan/column.ts'
import type { Output, Plan } from '../plan/plan.ts'

interface BoundView {
  readonly plan: Plan
  readonly columns: readonly Column[]
}

/**
 * A view whose INSTEAD OF trigger takes the rows of a statement: the target is the view itself, not a table
 * under it, and each of its rows has a number for a locator.
 */
export function targetView(
  view: ViewSource,
  { plan, columns }: BoundView,
  target: ChangeTarget,
  statement: StatementContext,
): BoundView {
  const locator = statement.columns.create({ name: '', type: BIGINT, nullable: false })
  let rows = 0n
  const outputs: Output[] = columns.map((column) => ({ column, expression: columnNode(column) }))
  outputs.push({
    column: locator,
    expression: {
      kind: 'call',
      label: 'ROW',
      operands: [],
      deterministic: false,
      evaluate: () => {
        rows += 1n
        return rows
      },
      type: BIGINT,
      nullable: false,
    },
  })
  target.found = {
    source: asTable(view, columns),
    locator,
    stored: new Map(columns.entries()),
    columns,
    ordinalOf: (column) => {
      const ordinal = columns.indexOf(column)
      return ordinal < 0 ? undefined : ordinal
    },
  }
  return { plan: { kind: 'project', input: plan, outputs }, columns }
}

function asTable(view: ViewSource, columns: readonly Column[]): TableSource {
  const { database, schema, name, triggers = [] } = view
  return {
    kind: 'table',
    database,
    schema,
    name,
    columns: columns.map((column) => ({
      name: column.name,
      type: column.type,
      nullable: column.nullable,
      identity: false,
    })),
    estimatedRowCount: 0,
    scan: () => [],
    writer: { ...NO_WRITER, triggers },
  }
}

/** Rows for a trigger are never written by the statement itself. */
const NO_WRITER: TableWriter = {
  objectId: 0,
  defaults: new Map(),
  checks: [],
  computed: new Map(),
  foreignKeys: [],
  referencingKeys: [],
  triggers: [],
  scan: () => [],
  seek: () => [],
  find: () => undefined,
  apply: () => {
    throw new TypeError('a view has no rows of its own')
  },
  truncate: () => {},
  nextIdentity: () => 0n,
  noteIdentity: () => {},
  nextRowVersion: () => new Uint8Array(8),
}
