import { randomBytes } from 'node:crypto'

/** Names SQL Server makes for constraints have room for this many characters of table and column. */
const TABLE_LENGTH = 9
const KEY_TABLE_LENGTH = 8
const NAMED_LENGTH = 14
const HEX = 16

/** `PK__Orders__` or `UQ__Orders__` and sixteen digits. */
export function keyName(prefix: 'PK' | 'UQ', table: string, objectId: number): string {
  const random = randomBytes(4).toString('hex').toUpperCase()
  return `${prefix}__${table.slice(0, KEY_TABLE_LENGTH)}__${random}${objectDigits(objectId)}`
}

/** `DF__Orders__Amount__` and eight digits; a CHECK of the whole table has no column. */
export function constraintName(
  prefix: 'DF' | 'CK' | 'FK',
  { table, column }: { readonly table: string; readonly column: string },
  objectId: number,
): string {
  const tablePart = table.slice(0, TABLE_LENGTH)
  const columnPart = column.slice(0, NAMED_LENGTH - tablePart.length)
  return `${prefix}__${tablePart}__${columnPart === '' ? '' : `${columnPart}__`}${objectDigits(objectId)}`
}

function objectDigits(objectId: number): string {
  return objectId.toString(HEX).toUpperCase().padStart(8, '0')
}
