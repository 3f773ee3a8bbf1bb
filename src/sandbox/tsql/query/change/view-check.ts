import type { SqlValue } from '../../../../mdf/index.ts'
import type { TableSource, ViewSource } from '../../host.ts'
import type { NamedTable } from '../../syntax/index.ts'
import { bindNamedTable } from '../bind/bind-table.ts'
import type { ChangeTarget, FoundTarget, TablePin } from '../bind/change-target.ts'
import type { StatementContext } from '../bind/statement-context.ts'
import { compileQuery } from '../compile/compile-plan.ts'
import { ColumnFactory } from '../plan/column.ts'
import { optimise } from '../plan/optimise.ts'
import { TICK, type Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'

/** Whether a view WITH CHECK OPTION shows all of the rows that were put into its table. */
export type ViewCheck = (
  rows: readonly (readonly SqlValue[])[],
  run: Run,
) => Generator<Tick, boolean>

/** Rows that stand for a whole table. */
class GivenRows implements TablePin {
  rows: readonly (readonly SqlValue[])[] = []

  wrap(source: TableSource): TableSource {
    const { kind, database, schema, name, columns, writer } = source
    const read = (ordinals: readonly number[]) =>
      this.rows.map((row) => ordinals.map((ordinal) => row[ordinal] ?? null))
    return {
      kind,
      database,
      schema,
      name,
      columns,
      estimatedRowCount: 1,
      scan: read,
      ...(writer && {
        writer: {
          ...writer,
          scan: (ordinals: readonly number[]) =>
            read(ordinals).map((values, index) => ({ locator: BigInt(index), values })),
        },
      }),
    }
  }
}

/** What new rows of the target have to meet. */
export function checksOf({ checks = [] }: FoundTarget, statement: StatementContext): ViewCheck[] {
  return checks.map((view) => prepareViewCheck(view, statement))
}

/** Makes the view ready to be asked about rows. */
function prepareViewCheck(
  { database, schema, name }: ViewSource,
  outer: StatementContext,
): ViewCheck {
  const statement = { ...outer, columns: new ColumnFactory(), tables: [] }
  const line = 1
  const reference: NamedTable = {
    kind: 'table',
    name: { server: '', database, schema, name, line },
    hints: [],
    line,
  }
  const given = new GivenRows()
  const changing: ChangeTarget = { reference, pin: given, found: undefined }
  const rowless = { statement, scope: undefined, ctes: undefined, clause: 'from' } as const
  const { plan } = bindNamedTable(reference, { ...rowless, changing })
  const operator = compileQuery(optimise(plan, []))
  return function* check(rows, run) {
    given.rows = rows
    let count = 0
    for (const row of operator.open(run)) {
      if (row === TICK) yield TICK
      else count += 1
    }
    return count === rows.length
  }
}
