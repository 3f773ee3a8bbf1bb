import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import type { ReturnValueKind } from '../backend.ts'
import type { ByteWriter } from '../byte-writer.ts'
import type { Protocol } from '../protocol.ts'
import { wireColumn } from '../types/down-level.ts'
import { writeTypeInfo } from '../types/type-info.ts'
import { writeUserType } from './column-metadata.ts'
import { TOKEN_TYPES } from './token-type.ts'

/** Status: what the value is of. */
const STATUS: Readonly<Record<ReturnValueKind, number>> = { output: 0x01, function: 0x02 }
const NULLABLE = 0x0001

/** RETURNVALUE, [MS-TDS] 2.2.7.19: an output parameter when the procedure ended, or a function's result. */
export function writeReturnValue(
  out: ByteWriter,
  parameter: {
    readonly ordinal: number
    readonly name: string
    readonly type: SqlType
    readonly value: SqlValue
    readonly kind: ReturnValueKind
  },
  protocol: Protocol,
): void {
  const column = wireColumn(parameter.type, protocol)
  out.u8(TOKEN_TYPES.returnValue)
  out.u16(parameter.ordinal)
  out.bVarchar(parameter.name)
  out.u8(STATUS[parameter.kind])
  writeUserType(out, column.type, protocol)
  out.u16(NULLABLE)
  writeTypeInfo(out, column.type)
  column.write(out, parameter.value)
}

/** RETURNSTATUS, [MS-TDS] 2.2.7.18. */
export function writeReturnStatus(out: ByteWriter, value: number): void {
  out.u8(TOKEN_TYPES.returnStatus)
  out.i32(value)
}
