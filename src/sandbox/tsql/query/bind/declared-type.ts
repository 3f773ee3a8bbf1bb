import type { SqlType } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type { ExecutionHost } from '../../host.ts'
import type { TypeName } from '../../syntax/index.ts'
import { resolveTypeName } from '../../values/index.ts'

/** The scalar type a declaration means: a system type, or an alias of the current database. @throws SqlError 2715 */
export function declaredType(name: TypeName, host: ExecutionHost): SqlType {
  const type = declaredTypeOrTable(name, host)
  return type === 'table' ? resolveTypeName(name, host.session.collationId) : type
}

/** As `declaredType`; 'table' for a table type of the current database. @throws SqlError 2715 */
export function declaredTypeOrTable(name: TypeName, host: ExecutionHost): SqlType | 'table' {
  const { database, collationId } = host.session
  try {
    return resolveTypeName(name, collationId)
  } catch (error) {
    const isUnknown = error instanceof SqlError && error.number === 2715
    const own = isUnknown ? host.findType(name, database) : undefined
    if (own === undefined) throw error
    return own.kind === 'alias' ? own.type : 'table'
  }
}
