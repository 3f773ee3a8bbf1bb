import { collationTraits, type SqlType } from '../../../mdf/index.ts'
import type { ResultColumn } from '../backend.ts'
import type { ByteWriter } from '../byte-writer.ts'
import type { Protocol } from '../protocol.ts'
import { writeTypeInfo } from '../types/type-info.ts'
import { TDS_7_2, TOKEN_TYPES } from './token-type.ts'

const FLAGS = {
  nullable: 0x0001,
  caseSensitive: 0x0002,
  updateableUnknown: 0x0008,
  identity: 0x0010,
  computed: 0x0020,
  hidden: 0x2000,
} as const

/** UserType of timestamp: the one type that its TYPE_INFO (binary(8)) does not tell. */
const TIMESTAMP_USER_TYPE = 80

/** COLMETADATA, [MS-TDS] 2.2.7.4. `types` are the types as the client is told them. */
export function writeColumnMetadata(
  out: ByteWriter,
  columns: readonly ResultColumn[],
  types: readonly SqlType[],
  protocol: Protocol,
): void {
  out.u8(TOKEN_TYPES.columnMetadata)
  out.u16(columns.length)
  columns.forEach((column, index) => {
    const type = types[index] ?? column.type
    writeUserType(out, type, protocol)
    out.u16(columnFlags(column, type))
    writeTypeInfo(out, type)
    if (type.name === 'text' || type.name === 'ntext' || type.name === 'image') {
      writeTableName(out, column.tableName, protocol)
    }
    out.bVarchar(column.name)
  })
}

/** UserType, which TDS 7.2 widened to four bytes. */
export function writeUserType(out: ByteWriter, type: SqlType, protocol: Protocol): void {
  const userType = type.name === 'timestamp' ? TIMESTAMP_USER_TYPE : 0
  if (protocol.level >= TDS_7_2) out.u32(userType)
  else out.u16(userType)
}

function columnFlags(column: ResultColumn, type: SqlType): number {
  const isCaseSensitive = type.collationId !== 0 && collationTraits(type.collationId).caseSensitive
  return (
    (isCaseSensitive ? FLAGS.caseSensitive : 0) |
    (column.nullable ? FLAGS.nullable : 0) |
    (column.identity ? FLAGS.identity : 0) |
    (column.hidden === true ? FLAGS.hidden : 0) |
    (column.computed ? FLAGS.computed : FLAGS.updateableUnknown)
  )
}

/** Clients insist on at least one part, so a column of no table has one empty part. */
function writeTableName(
  out: ByteWriter,
  parts: readonly string[] | undefined,
  protocol: Protocol,
): void {
  const names = parts === undefined || parts.length === 0 ? [''] : parts
  if (protocol.level < TDS_7_2) {
    out.usVarchar(names.join('.'))
    return
  }
  out.u8(names.length)
  for (const name of names) out.usVarchar(name)
}
