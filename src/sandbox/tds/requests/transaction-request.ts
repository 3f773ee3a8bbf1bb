import { SqlError } from '../../sql-error.ts'
import type { TransactionRequest } from '../backend.ts'
import { ByteReader } from '../byte-reader.ts'
import type { Protocol } from '../protocol.ts'
import { skipAllHeaders } from './all-headers.ts'

/** Request types, [MS-TDS] 2.2.6.9; 0, 1 and 6 are for distributed transactions. */
const REQUEST_TYPES = { begin: 5, commit: 7, rollback: 8, save: 9 } as const
const BEGIN_AGAIN_FLAG = 0x01

/**
 * A transaction manager request.
 * @throws ProtocolError 4002
 * @throws SqlError 8501 for distributed transactions, which need a coordinator
 */
export function readTransactionRequest(payload: Buffer, protocol: Protocol): TransactionRequest {
  const input = new ByteReader(payload)
  skipAllHeaders(input, protocol)
  const requestType = input.u16()
  switch (requestType) {
    case REQUEST_TYPES.begin: {
      const isolationLevel = input.u8()
      return { kind: 'begin', name: readName(input), isolationLevel, beginAgain: false }
    }
    case REQUEST_TYPES.commit:
      return readEnd('commit', input)
    case REQUEST_TYPES.rollback:
      return readEnd('rollback', input)
    case REQUEST_TYPES.save:
      return { kind: 'save', name: readName(input), isolationLevel: 0, beginAgain: false }
    default:
      throw new SqlError(8501, 'MSDTC on server is unavailable.')
  }
}

function readEnd(kind: 'commit' | 'rollback', input: ByteReader): TransactionRequest {
  const name = readName(input)
  const beginAgain = (input.u8() & BEGIN_AGAIN_FLAG) !== 0
  const isolationLevel = beginAgain ? input.u8() : 0
  return { kind, name, isolationLevel, beginAgain }
}

/** The length of a transaction's name is in bytes, unlike every other B_VARCHAR. */
function readName(input: ByteReader): string {
  return input.ucs2(input.u8())
}
