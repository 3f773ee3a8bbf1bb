import type { SqlType } from '../../../../mdf/index.ts'
import type { TableFunction } from '../../syntax/index.ts'
import { nvarcharType } from '../../values/index.ts'
import type { Bound } from '../plan/bound.ts'
import type { NewColumn } from '../plan/column.ts'
import type { TableFunctionPlan } from '../plan/plan.ts'
import type { StatementContext } from './statement-context.ts'

/** The WITH clause of OPENJSON; empty for other functions. */
export type OpenJsonSchema = TableFunction['with']

/** A table-valued function before its columns are part of a query. */
export interface BoundTableFunction {
  readonly columns: readonly NewColumn[]
  readonly operands: readonly Bound[]
  readonly rows: TableFunctionPlan['rows']
}

export interface TableFunctionDefinition {
  readonly minArguments: number
  readonly maxArguments: number
  bind(
    args: readonly Bound[],
    statement: StatementContext,
    schema: OpenJsonSchema,
  ): BoundTableFunction
}

export function nvarcharMax({ collationId }: StatementContext): SqlType {
  return nvarcharType(-1, collationId)
}
