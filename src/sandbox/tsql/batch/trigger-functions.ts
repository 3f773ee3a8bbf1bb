import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { Bound } from '../query/index.ts'
import { hashKeyOf, INT, sysnameType, varbinaryType } from '../values/index.ts'
import type { BatchState } from './batch-state.ts'

const BITS_PER_BYTE = 8

/** UPDATE(column), COLUMNS_UPDATED() and TRIGGER_NESTLEVEL(…). @throws SqlError 140, 207 */
export function findTriggerFunction(
  name: string,
  operands: () => readonly Bound[],
  state: BatchState,
): Bound | undefined {
  switch (name) {
    case 'UPDATE':
      return updateTest(operands(), state)
    case 'COLUMNS_UPDATED':
      return call(name, [], varbinaryType(columnBytes(state)), () => columnsUpdated(state))
    case 'TRIGGER_NESTLEVEL':
      return call(name, operands(), INT, (values) => triggerNestLevel(values, state))
    default:
      return undefined
  }
}

function updateTest([column]: readonly Bound[], { trigger, host }: BatchState): Bound {
  if (trigger === undefined) {
    throw new SqlError(140, 'Can only use IF UPDATE within a CREATE TRIGGER statement.', {
      severity: 15,
    })
  }
  const type = sysnameType(host.session.collationId)
  const name = column?.kind === 'constant' ? `${column.value}` : ''
  const key = hashKeyOf(name, type)
  const ordinal = trigger.columns.findIndex((one) => hashKeyOf(one.name, type) === key)
  if (ordinal < 0) throw new SqlError(207, `Invalid column name '${name}'.`)
  return call('UPDATE', [], INT, () => Number(trigger.updated.has(ordinal)))
}

function columnBytes({ trigger }: BatchState): number {
  return Math.max(1, Math.ceil((trigger?.columns.length ?? 1) / BITS_PER_BYTE))
}

/** The first column is the lowest bit of the first byte. */
function columnsUpdated(state: BatchState): SqlValue {
  if (state.trigger === undefined) return null
  const bytes = new Uint8Array(columnBytes(state))
  for (const ordinal of state.trigger.updated) {
    const index = Math.floor(ordinal / BITS_PER_BYTE)
    bytes[index] = (bytes[index] ?? 0) | (1 << (ordinal % BITS_PER_BYTE))
  }
  return bytes
}

/** How many triggers are running: all, those of an object, or those of a kind. */
function triggerNestLevel(
  [objectId = null, type = null, category = null]: readonly SqlValue[],
  { triggers }: BatchState,
): number {
  if (`${category ?? 'DML'}`.toUpperCase() === 'DDL') return 0
  const wanted = Number(objectId ?? 0)
  const isInsteadOf = type === null ? undefined : `${type}`.toUpperCase() === 'IOT'
  return triggers.filter((frame) => {
    if (wanted !== 0 && frame.source.objectId !== wanted) return false
    return isInsteadOf === undefined || frame.isInsteadOf === isInsteadOf
  }).length
}

function call(
  label: string,
  operands: readonly Bound[],
  type: SqlType,
  evaluate: (values: readonly SqlValue[]) => SqlValue,
): Bound {
  return { kind: 'call', label, operands, deterministic: false, evaluate, type, nullable: true }
}
