import type { SystemRow } from '../table/system-row.ts'
import type { ObjectValue } from './object-values.ts'

/** SQL Server's own assemblies, XML schema collections and the like have lower ids. */
const FIRST_USER_ID = 65_536

export function isUserId(id: number): boolean {
  return id >= FIRST_USER_ID
}

/** What sysobjvalues says of a column, by class: sys.columns derives its flags from them. */
const COLUMN_MARKS = { 115: 'encrypted', 120: 'masked', 128: 'graph' } as const
export type ColumnMark = (typeof COLUMN_MARKS)[keyof typeof COLUMN_MARKS]

export function columnMarkOf(valueClass: number): ColumnMark | undefined {
  const marks: Readonly<Record<number, ColumnMark>> = COLUMN_MARKS
  return marks[valueClass]
}

/** sysobjvalues' class of what a vector column has: number 0 its dimensions, number 1 its base type. */
const VECTOR_CLASS = 183

export function isVectorDimensions({ class: kind, number }: ObjectValue): boolean {
  return kind === VECTOR_CLASS && number === 0
}

/** An XML schema collection: its schemas are kept in parts that are not put together again here. */
export interface XmlCollection {
  readonly xmlCollectionId: number
  readonly name: string
  readonly schemaId: number
}

/** The class of sysnsobjs. */
const XML_COLLECTION_CLASS = 27

/** sysnsobjs, id 44: class u8 @4, id @5, schema @9; undefined for what is no collection of the user's. */
export function readXmlCollection(row: SystemRow): XmlCollection | undefined {
  const xmlCollectionId = row.int32(5)
  if (row.uint8(4) !== XML_COLLECTION_CLASS || !isUserId(xmlCollectionId)) return undefined
  return { xmlCollectionId, name: row.text(0), schemaId: row.int32(9) }
}

/** The class of sysobjvalues; its sub-id is a procedure's number. */
const MODULE_TEXT_CLASS = 1

/** The object id in a row of a procedure's second or later number. */
export function readNumberedProcedure(row: SystemRow): number | undefined {
  return row.uint8(4) === MODULE_TEXT_CLASS && row.int32(9) > 1 ? row.int32(5) : undefined
}

const PASSWORD_HASH = 2

/** sysowners, id 27: the principal's id when a password's hash is kept of it. */
export function readPasswordHolder(row: SystemRow): number | undefined {
  return row.variableBytes(PASSWORD_HASH).length > 0 ? row.int32(4) : undefined
}

/** Four names in brackets with the points between them, as sys.synonyms shows them. */
const LONGEST_OBJECT_NAME = 1035
const OBJECT_NAME =
  /^(?:\[(?:[^\]]|\]\])+\]|[\p{L}_@#][\p{L}\p{N}_@#$]*)(?:\.{1,3}(?:\[(?:[^\]]|\]\])+\]|[\p{L}_@#][\p{L}\p{N}_@#$]*)){0,3}$/u

/** One to four names, plain or in brackets: what a synonym can stand for. */
export function isObjectName(text: string): boolean {
  return text.length <= LONGEST_OBJECT_NAME && OBJECT_NAME.test(text)
}

/** Something with a name that this reader knows no more of. */
export interface OtherEntity {
  readonly kind: string
  readonly name: string
}

/** sysbinobjs, id 58: class u8 @4, id @5: message types, contracts and services of Service Broker. */
export function readBrokerEntity(row: SystemRow): OtherEntity | undefined {
  return isUserId(row.int32(5)) ? { kind: 'Service Broker entity', name: row.text(0) } : undefined
}
