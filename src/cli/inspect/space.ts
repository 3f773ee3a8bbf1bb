import { type DatabaseReader, PAGE_SIZE } from '../../mdf/index.ts'

/** Space of one kind in the heap or an index of a table, over all of its partitions. */
export interface SpaceUse {
  readonly schema: string
  readonly object: string
  /** '' for a heap. */
  readonly index: string
  readonly kind: string
  readonly compression: string
  readonly partitions: number
  readonly isSystem: boolean
  readonly reservedBytes: number
  readonly usedBytes: number
}

const KINDS: Readonly<Record<number, string>> = {
  1: 'IN_ROW_DATA',
  2: 'LOB_DATA',
  3: 'ROW_OVERFLOW_DATA',
}
export const COMPRESSIONS = ['NONE', 'ROW', 'PAGE', 'COLUMNSTORE', 'COLUMNSTORE_ARCHIVE'] as const
const USER_OBJECTS = ['U', 'V']

/** Who takes how much space, the largest first; what takes none is left out. */
export function spaceByObject(reader: DatabaseReader): SpaceUse[] {
  const { catalog } = reader
  const schemas = new Map(catalog.schemas.map(({ schemaId, name }) => [schemaId, name]))
  const all = catalog.objects.flatMap(({ objectId, name, schemaId, type }) =>
    usesOf(reader, objectId).map((use) => ({
      schema: schemas.get(schemaId) ?? '',
      object: name,
      isSystem: !USER_OBJECTS.includes(type),
      ...use,
    })),
  )
  return all.sort((left, right) => right.reservedBytes - left.reservedBytes)
}

type Use = Omit<SpaceUse, 'schema' | 'object' | 'isSystem'>

function usesOf({ catalog }: DatabaseReader, objectId: number): Use[] {
  const uses = new Map<string, Use>()
  const names = new Map(catalog.indexes(objectId).map(({ indexId, name }) => [indexId, name]))
  for (const { rowsetId, indexId, compression } of catalog.partitions(objectId)) {
    for (const unit of catalog.allocationUnits(rowsetId)) {
      if (unit.reservedPages <= 0) continue
      const key = `${indexId}:${unit.type}:${compression}`
      const known = uses.get(key)
      uses.set(key, {
        index: names.get(indexId) ?? '',
        kind: KINDS[unit.type] ?? `type ${unit.type}`,
        compression: COMPRESSIONS[compression] ?? `compression ${compression}`,
        partitions: (known?.partitions ?? 0) + 1,
        reservedBytes: (known?.reservedBytes ?? 0) + unit.reservedPages * PAGE_SIZE,
        usedBytes: (known?.usedBytes ?? 0) + unit.usedPages * PAGE_SIZE,
      })
    }
  }
  return [...uses.values()]
}
