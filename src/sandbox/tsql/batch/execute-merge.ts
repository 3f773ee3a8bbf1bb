import { applyChanges, type PlannedChange, RowMaker } from '../change/index.ts'
import { type MergeAction, pause, prepareMerge, type Run, TICK } from '../query/index.ts'
import type { MergeStatement } from '../syntax/index.ts'
import { compiling } from './batch-error.ts'
import type { BatchState } from './batch-state.ts'
import { type Changed, changedOf, changing, limited } from './execute-change.ts'
import type { Flow } from './execute-statements.ts'
import { isIdentityGiven, writable } from './identity-insert.ts'
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
      outputs: compiling(() => prepareOutputPlaces(node.output, prepared.outputs, statement)),
      async run(run) {
        const maker = new RowMaker(writable(prepared.table), state.host, {
          isIdentityGiven: isIdentityGiven(prepared.table, state),
        })
        const changes = await plan(prepared.rows(run), maker, run, state)
        const plans = changes.map(({ planned }) => planned)
        const ignored = applyChanges(maker.table, plans, { host: state.host, verb: 'MERGE' })
        if (maker.lastIdentity !== undefined) state.noteIdentity(maker.lastIdentity)
        return changes.filter(({ planned }) => !ignored.has(planned)).map(({ changed }) => changed)
      },
    }
  })
}

interface Planned {
  readonly planned: PlannedChange
  readonly changed: Changed
}

async function plan(
  rows: Iterable<MergeAction | typeof TICK>,
  maker: RowMaker,
  run: Run,
  state: BatchState,
): Promise<Planned[]> {
  const changes: Planned[] = []
  for (const action of limited(rows, state)) {
    if (run.slice.expired) await pause(run, state.signal)
    if (action !== TICK) changes.push(plannedOf(action, maker))
  }
  return changes
}

function plannedOf(action: MergeAction, maker: RowMaker): Planned {
  const { from } = action
  if (action.kind === 'insert') {
    const after = maker.newRow(action.ordinals, action.values)
    const changed = changedOf(maker, { before: undefined, after, from })
    return { planned: { kind: 'insert', after }, changed }
  }
  const { locator, before } = action
  const after = action.after && maker.changedRow(action.after)
  const planned: PlannedChange =
    after === undefined
      ? { kind: 'delete', locator, before }
      : { kind: 'update', locator, before, after }
  return { planned, changed: changedOf(maker, { before, after, from }) }
}
