import type { SqlType, SqlVariant } from '../sql-type.ts'
import type { SystemRow } from '../table/system-row.ts'
import { readType } from './columns.ts'
import { groupBy } from './group-by.ts'
import type { ObjectValue } from './object-values.ts'
import type { ClassObject } from './objects.ts'
import type { Reference } from './references.ts'

// Partition functions (class 30) and schemes (31, with filegroups) are entities of sysclsobjs. Which
// classes of sysobjvalues and syssingleobjrefs hold their boundaries and filegroups is not published;
// their rows are told by what they must be: one boundary fewer than partitions, a reference from a
// scheme to a function, …

export const PARTITION_FUNCTION_CLASS = 30
const DATA_SPACE_CLASS = 31
const PARTITION_SCHEME_TYPE = 'PS'
const BOUNDARY_ON_RIGHT = 0x1

/** A partition function with one parameter, as SQL Server has them. */
export interface PartitionFunction {
  readonly functionId: number
  readonly name: string
  readonly type: SqlType
  readonly isRangeRight: boolean
  /** In order; one fewer than there are partitions. Undefined when they could not be found. */
  readonly boundaries: readonly SqlVariant[] | undefined
}

/** A partition scheme: the filegroup of every partition of a function. */
export interface PartitionScheme {
  readonly dataSpaceId: number
  readonly name: string
  /** Undefined when it could not be found. */
  readonly functionId: number | undefined
  /** Filegroups by partition, and perhaps the one to be used next. */
  readonly filegroupIds: readonly number[]
}

/** Parameters of partition functions: systypedsubobjs, id 51. */
export interface FunctionParameter {
  readonly functionId: number
  readonly type: SqlType
}

export function readFunctionParameter(row: SystemRow): FunctionParameter {
  const systemTypeId = row.uint8(13)
  const userTypeId = row.int32(14)
  return {
    functionId: row.int32(5),
    type: readType(row, { systemTypeId, userTypeId, start: 18 }),
  }
}

export function partitionFunctionsOf(
  entities: readonly ClassObject[],
  parameters: readonly FunctionParameter[],
  values: readonly ObjectValue[],
): PartitionFunction[] {
  const functions: PartitionFunction[] = []
  for (const entity of entities) {
    const parameter = parameters.find(({ functionId }) => functionId === entity.id)
    if (entity.class !== PARTITION_FUNCTION_CLASS || parameter === undefined) continue
    functions.push({
      functionId: entity.id,
      name: entity.name,
      type: parameter.type,
      isRangeRight: (entity.status & BOUNDARY_ON_RIGHT) !== 0,
      boundaries: boundariesOf(entity, parameter.type, values),
    })
  }
  return functions
}

function boundariesOf(
  { id, property: partitions }: ClassObject,
  type: SqlType,
  values: readonly ObjectValue[],
): SqlVariant[] | undefined {
  if (partitions === 1) return []
  const own = values.filter(({ objectId }) => objectId === id)
  for (const group of groupBy(own, (value) => value.class).values()) {
    if (group.length !== partitions - 1) continue
    const boundaries = [...group]
      .sort((left, right) => left.subId - right.subId || left.number - right.number)
      .flatMap((row) => row.value() ?? [])
    const areOfType = boundaries.every((boundary) => boundary.type.name === type.name)
    if (areOfType && boundaries.length === group.length) return boundaries
  }
  return undefined
}

export function partitionSchemesOf(
  entities: readonly ClassObject[],
  references: readonly Reference[],
): PartitionScheme[] {
  const idsOf = (entityClass: number) =>
    new Set(entities.filter((entity) => entity.class === entityClass).map(({ id }) => id))
  const functionIds = idsOf(PARTITION_FUNCTION_CLASS)
  const dataSpaceIds = idsOf(DATA_SPACE_CLASS)
  return entities
    .filter(({ class: kind, type }) => kind === DATA_SPACE_CLASS && type === PARTITION_SCHEME_TYPE)
    .map(({ id, name }) => {
      const own = references.filter(({ dependentId }) => dependentId === id)
      const toFunction = own.find(
        ({ dependentSubId, independentId }) =>
          dependentSubId === 0 && functionIds.has(independentId),
      )
      const destinations = own
        .filter(({ dependentSubId, independentId, class: kind }) => {
          return dependentSubId > 0 && dataSpaceIds.has(independentId) && kind !== toFunction?.class
        })
        .sort((left, right) => left.dependentSubId - right.dependentSubId)
      return {
        dataSpaceId: id,
        name,
        functionId: toFunction?.independentId,
        filegroupIds: destinations.map(({ independentId }) => independentId),
      }
    })
}
