import { Decimal, type SqlType, type SqlValue } from '../../../mdf/index.ts'
import { IDENTITY_TYPE } from '../change/index.ts'
import { sessionCursors } from '../cursor/index.ts'
import type { Bound } from '../query/index.ts'
import { INT, nvarcharType, SMALLINT, TINYINT } from '../values/index.ts'
import type { BatchState } from './batch-state.ts'

interface GlobalVariable {
  readonly type: SqlType
  read(state: BatchState): SqlValue
}

const OPTION_BITS: readonly (readonly [string, number])[] = [
  ['DISABLE_DEF_CNST_CHK', 1],
  ['IMPLICIT_TRANSACTIONS', 2],
  ['CURSOR_CLOSE_ON_COMMIT', 4],
  ['ANSI_WARNINGS', 8],
  ['ANSI_PADDING', 16],
  ['ANSI_NULLS', 32],
  ['ARITHABORT', 64],
  ['ARITHIGNORE', 128],
  ['QUOTED_IDENTIFIER', 256],
  ['NOCOUNT', 512],
  ['ANSI_NULL_DFLT_ON', 1024],
  ['ANSI_NULL_DFLT_OFF', 2048],
  ['CONCAT_NULL_YIELDS_NULL', 4096],
  ['NUMERIC_ROUNDABORT', 8192],
  ['XACT_ABORT', 16384],
]

const SYSNAME_BYTES = 256

function numberOption(state: BatchState, name: string, otherwise: number): number {
  const value = state.option(name)
  return typeof value === 'number' ? value : otherwise
}

/** The variables with two at signs that are about the session; the engine knows the others. */
const GLOBAL_VARIABLES: Readonly<Record<string, GlobalVariable>> = {
  '@@ROWCOUNT': { type: INT, read: ({ host }) => host.session.rowCount },
  '@@ERROR': { type: INT, read: ({ host }) => host.session.errorNumber },
  '@@TRANCOUNT': { type: INT, read: ({ host }) => host.session.transactionCount },
  '@@SPID': { type: SMALLINT, read: ({ host }) => host.session.spid },
  '@@NESTLEVEL': { type: INT, read: ({ nestLevel }) => nestLevel },
  '@@FETCH_STATUS': {
    type: INT,
    read: ({ host }) => sessionCursors(host.session).fetchStatus,
  },
  '@@CURSOR_ROWS': { type: INT, read: ({ host }) => sessionCursors(host.session).rowCount },
  '@@PROCID': { type: INT, read: ({ procedure }) => procedure?.objectId ?? 0 },
  '@@IDENTITY': {
    type: IDENTITY_TYPE,
    read: ({ host }) => identityValue(host.session.lastIdentity),
  },
  '@@OPTIONS': {
    type: INT,
    read: (state) =>
      OPTION_BITS.reduce((sum, [name, bit]) => (state.option(name) === true ? sum + bit : sum), 0),
  },
  '@@DATEFIRST': { type: TINYINT, read: (state) => numberOption(state, 'DATEFIRST', 7) },
  '@@LANGUAGE': {
    type: nvarcharType(SYSNAME_BYTES, 0),
    read: (state) => `${state.option('LANGUAGE') ?? state.host.session.language}`,
  },
  '@@LANGID': { type: SMALLINT, read: () => 0 },
  '@@TEXTSIZE': { type: INT, read: (state) => numberOption(state, 'TEXTSIZE', 2_147_483_647) },
  '@@LOCK_TIMEOUT': { type: INT, read: (state) => numberOption(state, 'LOCK_TIMEOUT', -1) },
  '@@MAX_PRECISION': { type: TINYINT, read: () => 38 },
}

/** `name` with its `@@`, in any case; undefined when there is no such variable. */
export function findGlobalVariable(name: string, state: BatchState): Bound | undefined {
  const key = name.toUpperCase()
  const own = GLOBAL_VARIABLES[key]
  if (own !== undefined) {
    const type =
      own.type.name === 'nvarchar'
        ? { ...own.type, collationId: state.host.session.collationId }
        : own.type
    return reading(key, type, () => own.read(state))
  }
  const known = state.host.globalVariable(key)
  if (known === undefined) return undefined
  return reading(key, known.type, () => state.host.globalVariable(key)?.value ?? null)
}

/** An identity value as numeric(38, 0). */
export function identityValue(value: bigint | null): SqlValue {
  return value === null ? null : new Decimal(value, 0)
}

function reading(label: string, type: SqlType, read: () => SqlValue): Bound {
  const evaluate = () => read()
  return { kind: 'call', label, operands: [], deterministic: false, evaluate, type, nullable: true }
}
