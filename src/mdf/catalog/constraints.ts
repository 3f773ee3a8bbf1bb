import { type ForeignKey, REFERENTIAL_ACTIONS, type TextConstraint } from './catalog-entries.ts'
import { groupBy } from './group-by.ts'
import type { ObjectRow } from './objects.ts'
import { REFERENCE_CLASSES, type Reference } from './references.ts'

// Two bits each of the object's status: 0 no action, 1 cascade, 2 set null, 3 set default.
export const UPDATE_ACTION_SHIFT = 12
export const DELETE_ACTION_SHIFT = 14

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
  const key = references.find((reference) => reference.class === REFERENCE_CLASSES.referencedKey)
  const ofKind = (wanted: number) =>
    references
      .filter((reference) => reference.class === wanted)
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
