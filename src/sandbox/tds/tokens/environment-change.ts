import { assertNever } from '../../../base/index.ts'
import type { EnvironmentChange } from '../backend.ts'
import type { ByteWriter } from '../byte-writer.ts'
import type { Protocol } from '../protocol.ts'
import { writeCollation } from '../types/collation.ts'
import { TDS_7_2, TOKEN_TYPES } from './token-type.ts'

/** Types of ENVCHANGE, [MS-TDS] 2.2.7.9. */
const CHANGE_TYPES = {
  database: 1,
  language: 2,
  packetSize: 4,
  collation: 7,
  beginTransaction: 8,
  commitTransaction: 9,
  rollbackTransaction: 10,
  resetAcknowledged: 18,
} as const

const COLLATION_BYTES = 5
const DESCRIPTOR_BYTES = 8

/** ENVCHANGE of what a session changes. Clients before 7.2 know no transaction descriptors. */
export function writeEnvironmentChange(
  out: ByteWriter,
  change: EnvironmentChange,
  protocol: Protocol,
): void {
  switch (change.kind) {
    case 'database':
    case 'language':
      writeNameChange(out, CHANGE_TYPES[change.kind], change)
      break
    case 'collation':
      writeCollationChange(out, change)
      break
    case 'begin-transaction':
    case 'commit-transaction':
    case 'rollback-transaction':
      if (protocol.level >= TDS_7_2) writeTransactionChange(out, change)
      return
    default:
      assertNever(change)
  }
}

/** The packet size that holds from the next message on. */
export function writePacketSizeChange(
  out: ByteWriter,
  sizes: { readonly from: number; readonly to: number },
): void {
  writeNameChange(out, CHANGE_TYPES.packetSize, {
    from: String(sizes.from),
    to: String(sizes.to),
  })
}

/** The connection was reset, as the request's header asked. */
export function writeResetAcknowledged(out: ByteWriter): void {
  out.u8(TOKEN_TYPES.environmentChange)
  out.withLength16(() => {
    out.u8(CHANGE_TYPES.resetAcknowledged)
    out.u8(0)
    out.u8(0)
  })
}

function writeNameChange(
  out: ByteWriter,
  type: number,
  names: { readonly from: string; readonly to: string },
): void {
  out.u8(TOKEN_TYPES.environmentChange)
  out.withLength16(() => {
    out.u8(type)
    out.bVarchar(names.to)
    out.bVarchar(names.from)
  })
}

function writeCollationChange(
  out: ByteWriter,
  change: { readonly from: number; readonly to: number },
): void {
  out.u8(TOKEN_TYPES.environmentChange)
  out.withLength16(() => {
    out.u8(CHANGE_TYPES.collation)
    out.u8(COLLATION_BYTES)
    writeCollation(out, change.to)
    out.u8(change.from === 0 ? 0 : COLLATION_BYTES)
    if (change.from !== 0) writeCollation(out, change.from)
  })
}

/** A transaction that begins is the new value; one that ends is the old value. */
function writeTransactionChange(
  out: ByteWriter,
  change: Extract<EnvironmentChange, { descriptor: bigint }>,
): void {
  out.u8(TOKEN_TYPES.environmentChange)
  out.withLength16(() => {
    if (change.kind === 'begin-transaction') {
      out.u8(CHANGE_TYPES.beginTransaction)
      out.u8(DESCRIPTOR_BYTES)
      out.u64(change.descriptor)
      return out.u8(0)
    }
    const isCommit = change.kind === 'commit-transaction'
    out.u8(isCommit ? CHANGE_TYPES.commitTransaction : CHANGE_TYPES.rollbackTransaction)
    out.u8(0)
    out.u8(DESCRIPTOR_BYTES)
    out.u64(change.descriptor)
  })
}
