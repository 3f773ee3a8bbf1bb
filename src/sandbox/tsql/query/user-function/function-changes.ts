import { SqlError } from '../../../sql-error.ts'
import type { TableSource } from '../../host.ts'
import type {
  DeleteStatement,
  InsertStatement,
  MergeStatement,
  UpdateStatement,
} from '../../syntax/index.ts'
import type { ChangeAction } from '../bind/change-target.ts'
import { notSupported, type StatementContext } from '../bind/statement-context.ts'
import { prepareInsert } from '../change/prepare-insert.ts'
import { type MergeAction, prepareMerge } from '../change/prepare-merge.ts'
import { prepareRowChange } from '../change/prepare-rows.ts'
import { TICK, type Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'
import type { FunctionFrame } from './function-frame.ts'

type ChangeNode = InsertStatement | UpdateStatement | DeleteStatement | MergeStatement

/**
 * Changes a table variable of a function.
 * @returns how many rows
 * @throws SqlError 443 for any other table, and those of the statement
 */
export function* changeFunctionTable(
  node: ChangeNode,
  frame: FunctionFrame,
  run: Run,
): Generator<Tick, number> {
  const { context } = frame
  const { services } = context.names
  if (services === undefined) throw notSupported('TABLE VARIABLE', node.line)
  const { table, verb, rows } = prepared(node, context)
  const actions: MergeAction[] = []
  for (const row of rows(run)) {
    if (row === TICK) yield TICK
    else actions.push(row)
  }
  services.changeRows(actions, { table, verb })
  return actions.length
}

interface Change {
  readonly table: TableSource
  readonly verb: ChangeAction | 'MERGE'
  rows(run: Run): Iterable<MergeAction | Tick>
}

function prepared(node: ChangeNode, context: StatementContext): Change {
  refuseOthers(node)
  const { line, output } = node
  if (output !== undefined) throw notSupported('OUTPUT', line)
  switch (node.kind) {
    case 'insert': {
      const { table, ordinals, rows } = prepareInsert(node, context, () => false)
      if (rows === undefined) throw sideEffect('INSERT EXEC', line)
      return {
        table,
        verb: 'INSERT',
        *rows(run) {
          for (const values of rows(run)) {
            yield values === TICK
              ? TICK
              : { kind: 'insert', ordinals, values: [...values], from: [] }
          }
        },
      }
    }
    case 'merge': {
      const { table, rows } = prepareMerge(node, context, () => false)
      return { table, verb: 'MERGE', rows }
    }
    default: {
      const { table, rows } = prepareRowChange(node, context)
      const { kind } = node
      return {
        table,
        verb: kind === 'update' ? 'UPDATE' : 'DELETE',
        *rows(run) {
          for (const row of rows(run)) yield row === TICK ? TICK : { kind, ...row }
        },
      }
    }
  }
}

/** A target that is an alias of FROM is known only when it is bound. */
function refuseOthers(node: ChangeNode): void {
  const isVariable = node.target.kind === 'table-variable'
  const mayBeAlias = (node.kind === 'update' || node.kind === 'delete') && node.from.length > 0
  if (!isVariable && !mayBeAlias) throw sideEffect(node.kind.toUpperCase(), node.line)
}

function sideEffect(operator: string, line: number): SqlError {
  return new SqlError(
    443,
    `Invalid use of a side-effecting operator '${operator}' within a function.`,
    { state: 15, line },
  )
}
