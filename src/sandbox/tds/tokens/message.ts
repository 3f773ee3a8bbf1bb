import type { SqlMessage } from '../../sql-error.ts'
import type { ByteWriter } from '../byte-writer.ts'
import type { Protocol } from '../protocol.ts'
import { TDS_7_2, TOKEN_TYPES } from './token-type.ts'

/** The length field has two bytes, and procedure and server names need room too. */
const MAX_MESSAGE_UNITS = 31_000

/** ERROR and INFO, [MS-TDS] 2.2.7.10 and 2.2.7.13. */
export function writeMessage(
  out: ByteWriter,
  kind: 'error' | 'info',
  message: SqlMessage,
  options: { readonly serverName: string; readonly protocol: Protocol },
): void {
  out.u8(TOKEN_TYPES[kind])
  out.withLength16(() => {
    out.i32(message.number)
    out.u8(message.state & 0xff)
    out.u8(message.severity & 0xff)
    out.usVarchar(message.message.slice(0, MAX_MESSAGE_UNITS))
    out.bVarchar(options.serverName)
    out.bVarchar(message.procedure)
    if (options.protocol.level >= TDS_7_2) out.u32(message.line >>> 0)
    else out.u16(message.line & 0xffff)
  })
}
