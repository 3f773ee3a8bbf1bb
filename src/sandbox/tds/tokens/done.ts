import type { DoneOptions } from '../backend.ts'
import type { ByteWriter } from '../byte-writer.ts'
import type { Protocol } from '../protocol.ts'
import { TDS_7_2, TOKEN_TYPES } from './token-type.ts'

/** Status bits, [MS-TDS] 2.2.7.6. */
export const DONE_STATUS = {
  more: 0x01,
  error: 0x02,
  inTransaction: 0x04,
  count: 0x10,
  attention: 0x20,
} as const

export type DoneKind = 'done' | 'doneInProc' | 'doneProc'

/** DONE, DONEINPROC and DONEPROC, [MS-TDS] 2.2.7.6-8. `status` adds bits to those of `options`. */
export function writeDone(
  out: ByteWriter,
  kind: DoneKind,
  options: DoneOptions & { readonly status: number },
  protocol: Protocol,
): void {
  const { rowCount } = options
  out.u8(TOKEN_TYPES[kind])
  out.u16(
    options.status |
      (rowCount === undefined ? 0 : DONE_STATUS.count) |
      (options.error === true ? DONE_STATUS.error : 0),
  )
  out.u16(options.command ?? 0)
  if (protocol.level >= TDS_7_2) out.u64(BigInt(rowCount ?? 0))
  else out.u32((rowCount ?? 0) >>> 0)
}
