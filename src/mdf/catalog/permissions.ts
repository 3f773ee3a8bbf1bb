import type { SystemRow } from '../table/system-row.ts'

/** A permission granted or denied, as sys.database_permissions lists them. */
export interface Permission {
  /** 0 the database, 1 an object or column, 3 a schema, 4 a principal, 6 a type, … */
  readonly class: number
  readonly majorId: number
  /** A column's id; 0 for the whole object. */
  readonly minorId: number
  readonly granteeId: number
  readonly grantorId: number
  /** Up to four letters: SL (SELECT), EX (EXECUTE), CO (CONNECT), … */
  readonly type: string
  /** G granted, W granted with grant option, D denied, R revoked from a column. */
  readonly state: string
}

/** sysprivs, id 29 (format reference 4.3). */
export function readPermission(row: SystemRow): Permission {
  return {
    class: row.uint8(4),
    majorId: row.int32(5),
    minorId: row.int32(9),
    granteeId: row.int32(13),
    grantorId: row.int32(17),
    type: row.characters(21, 4),
    state: row.characters(25, 1),
  }
}
