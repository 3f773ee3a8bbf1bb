import { TEXT_CLASSES, TEXT_FLAGS } from '../../catalog/module-texts.ts'
import { OBJECT_STATUS } from '../../catalog/objects.ts'
import { collationCodePage } from '../../collation/collation.ts'
import { type SqlDateTime, SqlVariant } from '../../sql-type.ts'
import { codePageDecoder } from '../../value/code-page.ts'
import { parseType } from '../catalog/parse-type.ts'
import type { SystemRows } from '../catalog/system-rows.ts'
import { codePageEncoder } from '../value/code-page-encoder.ts'

/** The status that an object of a kind has in any case. */
export const KIND_STATUS = {
  table: 0xe0000,
  default: 0x20000,
  check: 0x120000,
  module: OBJECT_STATUS.ansiNulls | OBJECT_STATUS.quotedIdentifier,
} as const
const INT = parseType('int', 0).type

/** What describing needs to know of the database. */
export interface DescribeContext {
  readonly rows: SystemRows
  readonly collationId: number
  readonly created: SqlDateTime
}

export interface ObjectToDescribe {
  readonly id: number
  readonly name: string
  readonly nsid: number
  /** Padded to two characters when it is added. */
  readonly type: string
  readonly status: number
  readonly pid?: number
  readonly intprop?: number
}

export function addObject({ rows, created }: DescribeContext, object: ObjectToDescribe): void {
  const { type, ...rest } = object
  const dates = { created, modified: created }
  rows.add('sysschobjs', { ...rest, type: type.padEnd(2), pclass: 1, ...dates })
}

/** A text of sysobjvalues: in the database's code page if that has all its characters. */
export function addText(
  { rows, collationId }: DescribeContext,
  key: { readonly valclass: number; readonly objid: number; readonly subobjid: number },
  text: string,
): void {
  const singleByte = singleByteText(collationId, text)
  const value = new SqlVariant(INT, singleByte === undefined ? 0 : TEXT_FLAGS.singleByte)
  rows.add('sysobjvalues', { ...key, value, imageval: singleByte ?? Buffer.from(text, 'utf16le') })
}

export function addModuleText(
  context: DescribeContext,
  objid: number,
  text: string,
  subobjid = 0,
): void {
  addText(context, { valclass: TEXT_CLASSES.module, objid, subobjid }, text)
}

function singleByteText(collationId: number, text: string): Buffer | undefined {
  const codePage = collationCodePage(collationId)
  const encoder = codePageEncoder(codePage)
  const scratch = Buffer.alloc(encoder.bound(text.length))
  const bytes = scratch.subarray(0, encoder.write(text, scratch, 0))
  return codePageDecoder(codePage)(bytes, 0, bytes.length) === text ? bytes : undefined
}
