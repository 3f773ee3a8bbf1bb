import type { ColumnOrigins, ResultColumn } from '../backend.ts'
import type { ByteWriter } from '../byte-writer.ts'
import type { Protocol } from '../protocol.ts'
import { TDS_7_2, TOKEN_TYPES } from './token-type.ts'

/** Status of COLINFO, [MS-TDS] 2.2.7.3. */
const STATUS = { expression: 0x04, hidden: 0x10 } as const

/** TABNAME and COLINFO, [MS-TDS] 2.2.7.22 and 2.2.7.3: what a client needs to change rows of a cursor. */
export function writeColumnOrigins(
  out: ByteWriter,
  columns: readonly ResultColumn[],
  { table, isColumn }: ColumnOrigins,
  protocol: Protocol,
): void {
  if (table !== undefined) writeTableName(out, table, protocol)
  out.u8(TOKEN_TYPES.columnInfo)
  out.withLength16(() => {
    columns.forEach(({ hidden }, index) => {
      const isOfTable = table !== undefined && isColumn[index] === true
      out.u8((index + 1) & 0xff)
      out.u8(isOfTable ? 1 : 0)
      out.u8((isOfTable ? 0 : STATUS.expression) | (hidden === true ? STATUS.hidden : 0))
    })
  })
}

function writeTableName(out: ByteWriter, parts: readonly string[], protocol: Protocol): void {
  out.u8(TOKEN_TYPES.tableName)
  out.withLength16(() => {
    if (protocol.level < TDS_7_2 && protocol.tdsVersion !== TDS_7_1_REVISION_1) {
      out.usVarchar(parts.join('.'))
      return
    }
    out.u8(parts.length)
    for (const part of parts) out.usVarchar(part)
  })
}

/** It writes names in parts already, unlike the names of text columns. */
const TDS_7_1_REVISION_1 = 0x71000001
