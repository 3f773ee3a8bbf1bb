import type { SqlType } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type { ExecutionHost } from '../../host.ts'
import type { TypeName } from '../../syntax/index.ts'
import { resolveTypeName } from '../../values/index.ts'

/** The scalar type a declaration means: a system type, or an alias of the current database. @throws SqlError 2715 */
export function declaredType(name: TypeName, host: ExecutionHost): SqlType {
  const { database, collationId } = host.session
  try {
    return resolveTypeName(name, collationId)
  } catch (error) {
    const isUnknown = error instanceof SqlError && error.number === 2715
    const own = isUnknown ? host.findType(name, database) : undefined
    if (own?.kind === 'alias') return own.type
    throw error
  }
}
