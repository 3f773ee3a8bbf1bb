import {
  collationCodePage,
  collationFromWire,
  collationToWire,
  collationTraits,
} from '../../../mdf/index.ts'
import type { ByteReader } from '../byte-reader.ts'
import type { ByteWriter } from '../byte-writer.ts'

/** Collation of bytes that name none that is known: SQL_Latin1_General_CP1_CI_AS. */
export const DEFAULT_COLLATION_ID = 0x3400_d008

export function writeCollation(out: ByteWriter, id: number): void {
  const { bits, sortId } = collationToWire(orDefault(id))
  out.u32(bits)
  out.u8(sortId)
}

/** Five bytes that name no known collation become the default one. */
export function readCollation(input: ByteReader): number {
  const bits = input.u32()
  return collationFromWire({ bits, sortId: input.u8() }) ?? DEFAULT_COLLATION_ID
}

/** char and varchar of this collation hold UTF-8. */
export function isUtf8Collation(id: number): boolean {
  return collationTraits(id).utf8
}

/** Code page of char, varchar and text of a collation. */
export function codePageOfCollation(id: number): number {
  return collationCodePage(orDefault(id))
}

/** Expressions without a collation of their own have id 0. */
function orDefault(id: number): number {
  return id === 0 ? DEFAULT_COLLATION_ID : id
}
