import { SqlError } from '../../sql-error.ts'
import type { LockMode, LockOwner } from '../transactions/lock-manager.ts'
import { type EngineProcedure, requiredText, textArgument } from './engine-procedure.ts'

/** What sp_getapplock returns. */
const STATUS = {
  granted: 0,
  grantedAfterWait: 1,
  timedOut: -1,
  cancelled: -2,
  deadlocked: -3,
  invalid: -999,
} as const

const TIMED_OUT = 1222
const DEADLOCKED = 1205

const MODES: Readonly<Record<string, LockMode>> = {
  shared: 'shared',
  intentshared: 'shared',
  update: 'exclusive',
  intentexclusive: 'exclusive',
  exclusive: 'exclusive',
}

type Context = Parameters<EngineProcedure>[1]

/** sp_getapplock: a lock by a name of the application's own, until its transaction or session ends. */
const getLock: EngineProcedure = async (args, context) => {
  const procedure = 'sp_getapplock'
  const name = requiredText(args, { name: 'resource', position: 0, procedure })
  const written = requiredText(args, { name: 'lockmode', position: 1, procedure })
  const mode = MODES[written.toLowerCase()]
  const owner = ownerOf(textArgument(args, 'lockowner', 2), context)
  if (mode === undefined || owner === undefined) return STATUS.invalid
  const timeout = textArgument(args, 'locktimeout', 3)
  const timeoutMs = Number(timeout ?? context.session.state.options.get('LOCK_TIMEOUT') ?? -1)
  const resource = resourceOf(name, textArgument(args, 'dbprincipal', 4), context)
  const request = { owner, resource, mode, signal: context.signal }
  const { locks } = context.instance
  const atOnce = await statusOf(() => locks.acquire({ ...request, timeoutMs: 0 }))
  if (atOnce !== STATUS.timedOut || timeoutMs === 0) return atOnce
  const waited = await statusOf(() => locks.acquire({ ...request, timeoutMs }))
  return waited === STATUS.granted ? STATUS.grantedAfterWait : waited
}

async function statusOf(acquire: () => Promise<boolean>): Promise<number> {
  try {
    return (await acquire()) ? STATUS.granted : STATUS.cancelled
  } catch (error) {
    if (error instanceof SqlError && error.number === TIMED_OUT) return STATUS.timedOut
    if (error instanceof SqlError && error.number === DEADLOCKED) return STATUS.deadlocked
    throw error
  }
}

/** sp_releaseapplock: as often as it was taken. @throws SqlError 1223 when it is not held */
const releaseLock: EngineProcedure = async (args, context) => {
  const name = requiredText(args, {
    name: 'resource',
    position: 0,
    procedure: 'sp_releaseapplock',
  })
  const owner = ownerOf(textArgument(args, 'lockowner', 1), context)
  if (owner === undefined) return STATUS.invalid
  const principal = textArgument(args, 'dbprincipal', 2)
  const resource = resourceOf(name, principal, context)
  const { locks } = context.instance
  const mode = locks.heldMode(owner, resource)
  if (mode === undefined) {
    throw new SqlError(
      1223,
      `Cannot release the application lock (Database Principal: '${principal ?? 'public'}', Resource: '${name}') because it is not currently held.`,
    )
  }
  locks.release(owner, resource, mode)
  return STATUS.granted
}

/** Undefined for a word that is no owner, and for the transaction when there is none. */
function ownerOf(written: string | undefined, { session }: Context): LockOwner | undefined {
  const { transaction } = session
  switch ((written ?? 'transaction').toLowerCase()) {
    case 'transaction':
      return transaction.state === 0 ? undefined : transaction
    case 'session':
      return transaction.sessionOwner
    default:
      return undefined
  }
}

function resourceOf(
  name: string,
  principal: string | undefined,
  { database }: Pick<Context, 'database'>,
): string {
  return `application:${database.name}:${(principal ?? 'public').toLowerCase()}:${name}`
}

/** Procedures that lock what only the application knows. */
export const LOCK_PROCEDURES: Readonly<Record<string, EngineProcedure>> = {
  sp_getapplock: getLock,
  sp_releaseapplock: releaseLock,
}
