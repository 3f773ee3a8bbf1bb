import type { SystemRow } from '../table/system-row.ts'

// syssingleobjrefs, id 74, and sysmultiobjrefs, id 75: class u8 @4, dependent id @5 and sub-id @9,
// independent id @13 and sub-id @17 (format reference 4.3).

/** What a reference means. A foreign key has one of the first and several of the next two. */
export const REFERENCE_CLASSES = {
  referencedKey: 27,
  referencingColumn: 28,
  referencedColumn: 29,
  schemaOwner: 50,
  roleOwner: 51,
  objectOwner: 97,
  /** In sysmultiobjrefs. */
  roleMember: 25,
  /** In sysmultiobjrefs: what a module names, and what a schema-bound one is bound to. */
  usedByText: 0,
  boundByText: 1,
} as const

export interface Reference {
  readonly class: number
  readonly dependentId: number
  readonly dependentSubId: number
  readonly independentId: number
  readonly independentSubId: number
}

export function readReference(row: SystemRow): Reference {
  return {
    class: row.uint8(4),
    dependentId: row.int32(5),
    dependentSubId: row.int32(9),
    independentId: row.int32(13),
    independentSubId: row.int32(17),
  }
}
