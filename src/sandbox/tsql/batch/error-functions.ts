import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import type { SqlError } from '../../sql-error.ts'
import { IDENTITY_TYPE } from '../change/index.ts'
import type { Bound } from '../query/index.ts'
import { INT, nvarcharType, SMALLINT } from '../values/index.ts'
import type { BatchState } from './batch-state.ts'
import { identityValue } from './global-variables.ts'

interface ErrorFunction {
  readonly type: SqlType
  read(error: SqlError): SqlValue
}

const ERROR_FUNCTIONS: Readonly<Record<string, ErrorFunction>> = {
  ERROR_NUMBER: { type: INT, read: ({ number }) => number },
  ERROR_SEVERITY: { type: INT, read: ({ severity }) => severity },
  ERROR_STATE: { type: INT, read: ({ state }) => state },
  ERROR_LINE: { type: INT, read: ({ line }) => line },
  ERROR_MESSAGE: { type: nvarcharType(8000, 0), read: ({ message }) => message },
  ERROR_PROCEDURE: {
    type: nvarcharType(256, 0),
    read: ({ procedure }) => (procedure === '' ? null : procedure),
  },
}

/** ERROR_NUMBER() and its kin (NULL outside CATCH), and XACT_STATE(). */
export function findErrorFunction(name: string, state: BatchState): Bound | undefined {
  if (name === 'XACT_STATE') {
    return reading(name, SMALLINT, () => state.host.transaction.state)
  }
  if (name === 'SCOPE_IDENTITY') {
    return reading(name, IDENTITY_TYPE, () => identityValue(state.scopeIdentity))
  }
  const found = ERROR_FUNCTIONS[name]
  if (found === undefined) return undefined
  const { collationId } = state.host.session
  const type = found.type.name === 'nvarchar' ? { ...found.type, collationId } : found.type
  return reading(name, type, () => {
    const error = state.caught?.error
    return error === undefined ? null : found.read(error)
  })
}

function reading(label: string, type: SqlType, evaluate: () => SqlValue): Bound {
  return { kind: 'call', label, operands: [], deterministic: false, evaluate, type, nullable: true }
}
