import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import { typeOf } from '../catalog/column-list.ts'
import type { Session } from '../session/session.ts'
import type { Instance } from './instance.ts'
import { microsoftVersion, versionText } from './server-identity.ts'

export interface TypedValue {
  readonly type: SqlType
  readonly value: SqlValue
}

type Answer = (instance: Instance, session: Session) => SqlValue

/** The `@@` functions the engine answers; those of the session's statements are the T-SQL room's. */
const VARIABLES: Readonly<Record<string, readonly [type: string, answer: Answer]>> = {
  '@@VERSION': ['nvarchar(300)', () => versionText()],
  '@@SERVERNAME': ['nvarchar(128)', ({ serverName }) => serverName],
  '@@SERVICENAME': ['nvarchar(128)', () => 'MSSQLSERVER'],
  '@@MICROSOFTVERSION': ['int', () => microsoftVersion()],
  '@@CONNECTIONS': ['int', ({ sessions }) => sessions.attemptCount],
  '@@MAX_CONNECTIONS': ['int', () => 32_767],
  '@@CPU_BUSY': ['int', () => 0],
  '@@IDLE': ['int', () => 0],
  '@@IO_BUSY': ['int', () => 0],
  '@@TIMETICKS': ['int', () => 31_250],
  '@@PACK_RECEIVED': ['int', () => 0],
  '@@PACK_SENT': ['int', () => 0],
  '@@PACKET_ERRORS': ['int', () => 0],
  '@@TOTAL_READ': ['int', () => 0],
  '@@TOTAL_WRITE': ['int', () => 0],
  '@@TOTAL_ERRORS': ['int', () => 0],
  '@@REMSERVER': ['nvarchar(128)', () => null],
  '@@DBTS': ['binary(8)', () => new Uint8Array(8)],
}

/** A `@@` function by its name in any case; undefined for one the engine does not know. */
export function globalVariable(
  name: string,
  instance: Instance,
  session: Session,
): TypedValue | undefined {
  const variable = VARIABLES[name.toUpperCase()]
  if (variable === undefined) return undefined
  const [type, answer] = variable
  return { type: typeOf(type, instance.collationId), value: answer(instance, session) }
}
