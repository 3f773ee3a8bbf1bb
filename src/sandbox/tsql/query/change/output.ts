import type { SqlValue } from '../../../../mdf/index.ts'
import type { ResultColumn } from '../../../tds/index.ts'
import type { TableSource } from '../../host.ts'
import type { SelectItem } from '../../syntax/index.ts'
import { nvarcharType } from '../../values/index.ts'
import { aliasedSource } from '../bind/bind-from.ts'
import type { ChangeAction } from '../bind/change-target.ts'
import type { Environment } from '../bind/environment.ts'
import { Scope, type Source } from '../bind/scope.ts'
import { bindItems, outputOf } from '../bind/select-items.ts'
import { compileExpression } from '../compile/compile-expression.ts'
import { expressionContext } from '../compile/compile-plan.ts'
import type { Column } from '../plan/column.ts'
import { columnsUsed } from '../plan/walk.ts'
import { resultColumn } from '../prepare-query.ts'
import type { Run } from '../run/run.ts'
import { settled } from '../run/suspension.ts'

const ACTION_BYTES = 20
const ALONE = { correlation: undefined, isRepeated: true } as const

/** One changed row as OUTPUT sees it; values of all columns of the table, computed ones too. */
export interface ChangedRow {
  readonly action: ChangeAction
  readonly deleted: readonly SqlValue[] | undefined
  readonly inserted: readonly SqlValue[] | undefined
  /** Values of the `fromColumns` of all the statement's outputs, one behind the other. */
  readonly from: readonly SqlValue[]
}

export interface PreparedOutput {
  readonly columns: readonly ResultColumn[]
  /** Columns of the other tables of FROM that the items read. */
  readonly fromColumns: readonly Column[]
  evaluate(row: ChangedRow, run: Run): SqlValue[]
}

/** Binds the items of OUTPUT over `inserted`, `deleted`, `$action` and the other tables of FROM. */
export function prepareOutput(
  output: { readonly items: readonly SelectItem[]; readonly line: number },
  table: TableSource,
  place: {
    readonly environment: Environment
    readonly sources: readonly Source[]
    readonly images: readonly ('inserted' | 'deleted')[]
    /** How many of `from` belong to the outputs before. */
    readonly firstFrom?: number
  },
): PreparedOutput {
  const { statement } = place.environment
  const imageOf = () =>
    table.columns.map(({ name, type, nullable }) =>
      statement.columns.create({ name, type, nullable }),
    )
  const [deleted, inserted] = [imageOf(), imageOf()]
  const action = statement.columns.create({
    name: '$action',
    type: nvarcharType(ACTION_BYTES, statement.collationId),
  })
  const named = { inserted, deleted }
  const sources = [
    ...place.images.map((image) => aliasedSource(image, named[image])),
    ...place.sources,
    aliasedSource('', [action]),
  ]
  const scope = new Scope(sources, undefined, statement)
  const items = bindItems(output, { ...place.environment, scope, clause: 'select' })
  const own = new Set([action, ...deleted, ...inserted])
  const used = new Set(items.flatMap(({ expression }) => [...columnsUsed(expression)]))
  const fromColumns = [...used].filter((column) => !own.has(column))
  const context = expressionContext([...own, ...fromColumns], ALONE)
  const compiled = items.map(({ expression }) => compileExpression(expression, context))
  const { firstFrom = 0 } = place
  const absent = table.columns.map(() => null)
  return {
    columns: items.map((item) => resultColumn(outputOf(item, statement).column)),
    fromColumns,
    evaluate(row, run) {
      const { deleted: before = absent, inserted: after = absent } = row
      const from = row.from.slice(firstFrom, firstFrom + fromColumns.length)
      const values = [row.action, ...before, ...after, ...from]
      return compiled.map((evaluate) => settled(() => evaluate(values, run)))
    },
  }
}
