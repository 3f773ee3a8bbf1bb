import type { SystemRow } from '../table/system-row.ts'
import { type ForeignKey, REFERENTIAL_ACTIONS, type TextConstraint } from './catalog-entries.ts'
import { groupBy } from './group-by.ts'
import type { ObjectRow } from './objects.ts'

// syssingleobjrefs, id 74: class u8 @4, dependent id @5 and sub-id @9, independent id @13 and sub-id
// @17. Three classes describe a foreign key (format reference 4.3).
const REFERENCE_CLASSES = {
  referencedKey: 27,
  referencingColumn: 28,
  referencedColumn: 29,
} as const
// Two bits each of the object's status: 0 no action, 1 cascade, 2 set null, 3 set default.
const UPDATE_ACTION_SHIFT = 12
const DELETE_ACTION_SHIFT = 14

interface Reference {
  readonly kind: number
  readonly dependentId: number
  readonly dependentSubId: number
  readonly independentId: number
  readonly independentSubId: number
}

export function readReference(row: SystemRow): Reference {
  return {
    kind: row.uint8(4),
    dependentId: row.int32(5),
    dependentSubId: row.int32(9),
    independentId: row.int32(13),
    independentSubId: row.int32(17),
  }
}

/** The foreign keys among the objects. */
export function foreignKeysOf(
  objects: readonly ObjectRow[],
  references: readonly Reference[],
): ForeignKey[] {
  const byObject = groupBy(references, ({ dependentId }) => dependentId)
  return objects
    .filter(({ object }) => object.type === 'F')
    .map((row) => toForeignKey(row, byObject.get(row.object.objectId) ?? []))
}

function toForeignKey({ object, status }: ObjectRow, references: readonly Reference[]): ForeignKey {
  const key = references.find(({ kind }) => kind === REFERENCE_CLASSES.referencedKey)
  const ofKind = (wanted: number) =>
    references
      .filter(({ kind }) => kind === wanted)
      .sort((left, right) => left.dependentSubId - right.dependentSubId)
  const referenced = ofKind(REFERENCE_CLASSES.referencedColumn)
  return {
    objectId: object.objectId,
    name: object.name,
    schemaId: object.schemaId,
    parentObjectId: object.parentObjectId,
    referencedObjectId: key?.independentId ?? 0,
    referencedIndexId: key?.independentSubId ?? 0,
    deleteAction: REFERENTIAL_ACTIONS[(status >> DELETE_ACTION_SHIFT) & 3] ?? 'NO_ACTION',
    updateAction: REFERENTIAL_ACTIONS[(status >> UPDATE_ACTION_SHIFT) & 3] ?? 'NO_ACTION',
    isDisabled: object.isDisabled,
    isNotTrusted: object.isNotTrusted,
    isSystemNamed: object.isSystemNamed,
    columns: ofKind(REFERENCE_CLASSES.referencingColumn).map((column, position) => ({
      parentColumnId: column.independentSubId,
      referencedColumnId: referenced[position]?.independentSubId ?? 0,
    })),
  }
}

/** The CHECK (`C`) or DEFAULT (`D`) constraints among the objects. */
export function textConstraintsOf(
  objects: readonly ObjectRow[],
  type: 'C' | 'D',
  textOf: (objectId: number) => string,
): TextConstraint[] {
  return objects
    .filter(({ object }) => object.type === type && object.parentObjectId !== 0)
    .map(({ object, property }) => ({
      objectId: object.objectId,
      name: object.name,
      schemaId: object.schemaId,
      parentObjectId: object.parentObjectId,
      columnId: property,
      text: textOf(object.objectId),
      isDisabled: object.isDisabled,
      isNotTrusted: object.isNotTrusted,
      isSystemNamed: object.isSystemNamed,
    }))
}
