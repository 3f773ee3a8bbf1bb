import type { SqlValue } from '../../../mdf/index.ts'
import { applyChanges, type ChangeVerb, type PlannedChange, RowMaker } from '../change/index.ts'
import type { TableSource } from '../host.ts'
import type { ChangedRow, MergeAction as RowAction } from '../query/index.ts'
import type { BatchState } from './batch-state.ts'
import { isIdentityGiven, writable } from './identity-insert.ts'

export type { RowAction }

/** One changed row, for OUTPUT and for triggers. */
export type Changed = Pick<ChangedRow, 'deleted' | 'inserted' | 'from' | 'action'>

/** What a foreign key's rule changed in another table. */
export interface Cascaded {
  readonly table: TableSource
  readonly action: 'UPDATE' | 'DELETE'
  readonly rows: readonly Changed[]
  /** Ordinals of the columns of the key. */
  readonly updated: readonly number[]
}

/** How a bulk load differs from INSERT. */
export interface LoadRules {
  /** The identity column's values come with the rows. */
  readonly isIdentityGiven: boolean
  /** CHECK constraints and foreign keys hold for the rows. */
  readonly checksConstraints: boolean
  readonly firesTriggers: boolean
}

/** Makes whole rows of what a statement says and changes the table, and those that follow it. */
export function carryOut(
  actions: readonly RowAction[],
  {
    table,
    verb,
    load,
  }: {
    readonly table: TableSource
    readonly verb: ChangeVerb
    readonly load: LoadRules | undefined
  },
  state: BatchState,
): { readonly changed: readonly Changed[]; readonly cascaded: readonly Cascaded[] } {
  const { host } = state
  const maker = new RowMaker(writable(table), host, {
    isIdentityGiven: load?.isIdentityGiven === true || isIdentityGiven(table, state),
    checksConstraints: load?.checksConstraints !== false,
  })
  const plans = actions.map((action) => plannedOf(action, maker))
  const cascaded: Cascaded[] = []
  const ignored = applyChanges(maker.table, plans, {
    host,
    verb,
    checksReferences: load?.checksConstraints !== false,
    onCascade: (follower, ordinals, changes) => {
      const [first] = changes
      if (first === undefined) return
      const other = new RowMaker(follower, host)
      const rows = changes.map((change) => changedOf(change, [], other))
      const action = first.kind === 'delete' ? 'DELETE' : 'UPDATE'
      cascaded.push({ table: follower, action, rows, updated: ordinals })
    },
  })
  if (maker.lastIdentity !== undefined) state.noteIdentity(maker.lastIdentity)
  if (ignored.size > 0 && verb === 'INSERT') tellIgnored(state)
  const changed = plans.flatMap((plan, index) =>
    ignored.has(plan) ? [] : [changedOf(plan, actions[index]?.from ?? [], maker)],
  )
  return { changed, cascaded }
}

/** The rows a statement would make, for an INSTEAD OF trigger: nothing is checked and nothing changes. */
export function propose(
  actions: readonly RowAction[],
  table: TableSource,
  { host }: BatchState,
): readonly Changed[] {
  const maker = new RowMaker(writable(table), host)
  return actions.map((action) => {
    const { from } = action
    if (action.kind === 'insert') {
      const inserted = maker.proposedRow(maker.unfilledRow(action.ordinals, action.values))
      return { action: 'INSERT', deleted: undefined, inserted, from }
    }
    const { before, after } = action
    return {
      action: after === undefined ? 'DELETE' : 'UPDATE',
      deleted: maker.withComputed(before),
      inserted: after && maker.proposedRow(after),
      from,
    }
  })
}

function plannedOf(action: RowAction, maker: RowMaker): PlannedChange {
  if (action.kind === 'insert') {
    return { kind: 'insert', after: maker.newRow(action.ordinals, action.values) }
  }
  const { locator, before } = action
  return action.after === undefined
    ? { kind: 'delete', locator, before }
    : { kind: 'update', locator, before, after: maker.changedRow(action.after) }
}

function changedOf(plan: PlannedChange, from: readonly SqlValue[], maker: RowMaker): Changed {
  const before = plan.kind === 'insert' ? undefined : plan.before
  const after = plan.kind === 'delete' ? undefined : plan.after
  return {
    action: after === undefined ? 'DELETE' : before === undefined ? 'INSERT' : 'UPDATE',
    deleted: before && maker.withComputed(before),
    inserted: after && maker.withComputed(after),
    from,
  }
}

function tellIgnored({ out }: BatchState): void {
  const message = 'Duplicate key was ignored.'
  out.info({ number: 3604, severity: 0, state: 1, message, line: 1, procedure: '' })
}
