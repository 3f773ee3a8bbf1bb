import type { ByteWriter } from '../byte-writer.ts'
import type { Protocol } from '../protocol.ts'
import { TOKEN_TYPES } from './token-type.ts'

const SQL_TSQL_INTERFACE = 1
/** What every SQL Server calls itself here, whatever its edition. */
const PROGRAM_NAME = 'Microsoft SQL Server'

/** LOGINACK, [MS-TDS] 2.2.7.14. */
export function writeLoginAck(
  out: ByteWriter,
  version: { readonly major: number; readonly minor: number; readonly build: number },
  protocol: Protocol,
): void {
  out.u8(TOKEN_TYPES.loginAck)
  out.withLength16(() => {
    out.u8(SQL_TSQL_INTERFACE)
    out.u32be(protocol.tdsVersion)
    out.bVarchar(PROGRAM_NAME)
    out.u8(version.major)
    out.u8(version.minor)
    out.u8(version.build >> 8)
    out.u8(version.build & 0xff)
  })
}
