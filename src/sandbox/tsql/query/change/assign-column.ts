import type { SqlType, SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import type { SourceColumn, TableSource } from '../../host.ts'
import {
  convert,
  isBinaryType,
  isCharacterType,
  isLargeObjectType,
  isMaxType,
} from '../../values/index.ts'
import { convertTo, isNullLiteral, nullOf } from '../bind/conversion.ts'
import type { StatementContext } from '../bind/statement-context.ts'
import type { Bound } from '../plan/bound.ts'

/**
 * The expression as a value of a column: converted as an assignment would be, and what is too long is an
 * error unless only blanks are lost.
 * @throws SqlError 206, 257; when it runs 2628 and the conversion's own
 */
export function assignTo(
  node: Bound,
  column: SourceColumn,
  { table, statement }: { readonly table: TableSource; readonly statement: StatementContext },
): Bound {
  const { type } = column
  if (isNullLiteral(node)) return nullOf(type)
  if (
    !canBeTooLong(node.type, type) ||
    statement.host.session.options.get('ANSI_WARNINGS') === false
  )
    return convertTo(node, type, statement)
  const wide = widened(type)
  const converted = convertTo(node, wide, statement)
  return {
    kind: 'unary',
    label: `assign:${type.name}(${type.maxLength})`,
    operand: converted,
    evaluate: (value) => {
      if (value === null) return null
      checkLength(value, { column, table })
      return convert(value, wide, type)
    },
    type,
    nullable: node.nullable,
  }
}

function canBeTooLong(from: SqlType, to: SqlType): boolean {
  if (isMaxType(to) || isLargeObjectType(to)) return false
  return (isCharacterType(to) && isCharacterType(from)) || (isBinaryType(to) && isBinaryType(from))
}

/** A type of the kind that takes any length. */
function widened(type: SqlType): SqlType {
  const name = isBinaryType(type) ? 'varbinary' : type.name.startsWith('n') ? 'nvarchar' : 'varchar'
  return { ...type, name, maxLength: -1 }
}

/** @throws SqlError 2628 */
function checkLength(
  value: SqlValue,
  { column, table }: { readonly column: SourceColumn; readonly table: TableSource },
): void {
  const { type } = column
  const limit = type.name.startsWith('n') ? type.maxLength / 2 : type.maxLength
  if (value instanceof Uint8Array) {
    // Zeros at the end are padding, as blanks are.
    if (value.subarray(limit).some((byte) => byte !== 0)) throw truncated('', column, table)
    return
  }
  if (typeof value !== 'string' || value.length <= limit) return
  if (value.trimEnd().length > limit) throw truncated(value.slice(0, limit), column, table)
}

function truncated(value: string, { name }: SourceColumn, table: TableSource): SqlError {
  const { database, schema } = table
  return new SqlError(
    2628,
    `String or binary data would be truncated in table '${database}.${schema}.${table.name}', column '${name}'. Truncated value: '${value}'.`,
  )
}
