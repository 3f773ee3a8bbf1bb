import { SqlError } from '../../sql-error.ts'
import type { ModuleSource, TableSource, ViewSource } from '../host.ts'
import { type ChangeAction, parsedModule } from '../query/index.ts'
import type { ModuleDefinition } from '../syntax/index.ts'
import type { BatchState } from './batch-state.ts'

type TriggerBody = Extract<ModuleDefinition['body'], { kind: 'trigger' }>

/** A trigger with its text read. */
export interface ReadTrigger {
  readonly source: ModuleSource
  readonly body: TriggerBody
}

export interface ChosenTriggers {
  /** By what they stand in for; all of the statement's actions have one, or none. */
  readonly insteadOf: ReadonlyMap<ChangeAction, ReadTrigger>
  readonly after: ReadonlyMap<ChangeAction, readonly ReadTrigger[]>
}

const NONE: ChosenTriggers = { insteadOf: new Map(), after: new Map() }

/**
 * The triggers a statement fires on a table: not those that would fire themselves again.
 * @throws SqlError 5316 for a MERGE that INSTEAD OF triggers stand in for only in part
 */
export function chooseTriggers(
  table: TableSource,
  actions: readonly ChangeAction[],
  state: BatchState,
): ChosenTriggers {
  const { triggers = [] } = table.writer ?? {}
  if (triggers.length === 0) return NONE
  const read = readTriggers(triggers, state)
  const of = (action: ChangeAction) =>
    read.filter(({ body }) => body.events.some((event) => event.toUpperCase() === action))
  const insteadOf = new Map<ChangeAction, ReadTrigger>()
  const after = new Map<ChangeAction, readonly ReadTrigger[]>()
  for (const action of actions) {
    const own = of(action)
    const instead = own.find(({ body }) => body.isInsteadOf)
    if (instead !== undefined) insteadOf.set(action, instead)
    const others = own.filter(({ body }) => !body.isInsteadOf)
    if (others.length > 0) after.set(action, others)
  }
  if (insteadOf.size > 0 && actions.some((action) => !insteadOf.has(action))) {
    throw insteadOfSome(table)
  }
  return { insteadOf, after }
}

/** Whether INSTEAD OF triggers of the view take one of the actions. */
export function isInsteadOf(
  { triggers = [] }: ViewSource,
  actions: readonly ChangeAction[],
  state: BatchState,
): boolean {
  return readTriggers(triggers, state).some(({ body }) =>
    body.events.some((event) => actions.some((action) => action === event.toUpperCase())),
  )
}

function readTriggers(triggers: readonly ModuleSource[], state: BatchState): ReadTrigger[] {
  return triggers.flatMap((source) => {
    const { body } = parsedModule(source)
    return body.kind === 'trigger' && !isRecursion(source, body, state) ? [{ source, body }] : []
  })
}

/**
 * An INSTEAD OF trigger is never fired by itself; an AFTER trigger not by its own statements, unless the
 * database has RECURSIVE_TRIGGERS on.
 */
function isRecursion(
  { objectId, database }: ModuleSource,
  { isInsteadOf }: TriggerBody,
  { triggers, host }: BatchState,
): boolean {
  if (isInsteadOf) return triggers.some(({ source }) => isSame(source, { objectId, database }))
  const innermost = triggers.at(-1)
  if (innermost === undefined || !isSame(innermost.source, { objectId, database })) return false
  return host.databaseProperty(database, 'IsRecursiveTriggersEnabled') !== 1
}

function isSame(
  a: Pick<ModuleSource, 'objectId' | 'database'>,
  b: Pick<ModuleSource, 'objectId' | 'database'>,
): boolean {
  return a.objectId === b.objectId && a.database === b.database
}

function insteadOfSome({ name }: TableSource): SqlError {
  return new SqlError(
    5316,
    `The target '${name}' of the MERGE statement has an INSTEAD OF trigger on some, but not all, of the actions specified in the MERGE statement. In a MERGE statement, if any action has an enabled INSTEAD OF trigger on the target, then all actions must have enabled INSTEAD OF triggers.`,
  )
}

/** OUTPUT without INTO tells the client of rows that triggers may change. @throws SqlError 334 */
export function refuseOutput({ insteadOf, after }: ChosenTriggers, { name }: TableSource): void {
  if (insteadOf.size === 0 && after.size === 0) return
  throw new SqlError(
    334,
    `The target table '${name}' of the DML statement cannot have any enabled triggers if the statement contains an OUTPUT clause without INTO clause.`,
  )
}

/** @throws SqlError 331 */
export function refuseTriggersOf({ name, writer }: TableSource): void {
  if ((writer?.triggers ?? []).length === 0) return
  throw new SqlError(
    331,
    `The target table '${name}' of the OUTPUT INTO clause cannot have any enabled triggers.`,
  )
}
