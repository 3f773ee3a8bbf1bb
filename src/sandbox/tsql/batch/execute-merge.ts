import { pause, prepareMerge, TICK } from '../query/index.ts'
import type { MergeStatement } from '../syntax/index.ts'
import { compiling } from './batch-error.ts'
import type { BatchState } from './batch-state.ts'
import type { RowAction } from './carry-out.ts'
import { changing, limited } from './execute-change.ts'
import type { Flow } from './execute-statements.ts'
import { isIdentityGiven } from './identity-insert.ts'
import { prepareOutputPlaces } from './output-places.ts'
import { statementContext } from './statement-context.ts'

/** MERGE: its changes are carried out together, so that keys may change hands. */
export function executeMerge(node: MergeStatement, state: BatchState): Promise<Flow> {
  return changing('MERGE', node.line, state, () => {
    const statement = statementContext(state)
    const prepared = compiling(() =>
      prepareMerge(node, statement, (table) => isIdentityGiven(table, state)),
    )
    return {
      statement,
      table: prepared.table,
      actions: prepared.actions,
      updated: prepared.changed,
      checks: prepared.checks,
      outputs: compiling(() => prepareOutputPlaces(node.output, prepared.outputs, statement)),
      async collect(run) {
        const actions: RowAction[] = []
        for (const action of limited(prepared.rows(run), state)) {
          if (run.slice.expired) await pause(run, state.signal)
          if (action !== TICK) actions.push(action)
        }
        return actions
      },
    }
  })
}
