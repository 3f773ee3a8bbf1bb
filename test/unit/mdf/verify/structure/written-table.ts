import { SYSTEM_TABLES } from '../../../../../src/mdf/catalog/storage-rows.ts'
import { PageFile, type SqlType, type SqlValue } from '../../../../../src/mdf/index.ts'
import { iamPages } from '../../../../../src/mdf/page/allocation.ts'
import { SYSTEM_TYPE_NAMES } from '../../../../../src/mdf/value/system-type.ts'
import type { PageOwner } from '../../../../../src/mdf/verify/page-owners.ts'
import type { VerifyContext } from '../../../../../src/mdf/verify/verify-context.ts'
import type {
  RowAddress,
  RowsetDefinition,
  RowToWrite,
  StoredColumn,
  WrittenRowset,
} from '../../../../../src/mdf/write/rowset-definition.ts'
import { createScratchFolder } from '../../../../support/scratch-folder.ts'
import {
  BOOT_RECORD,
  dataFile,
  physicalColumns,
  rowset,
  storageWriter,
  WrittenFiles,
} from '../../write/written-storage.ts'
import { type Verified, verifyContext } from './structure-harness.ts'

const OBJECT_ID = 1000
const INDEX_ID = 2
const INDEX_ROWSET_ID = 99n << 56n
const COMPRESSION = { none: 0, row: 1, page: 2 } as const

/** A table with at most one nonclustered index. */
export interface TableToVerify {
  readonly table: RowsetDefinition
  readonly rows: Iterable<RowToWrite>
  /** Two files instead of one, the second of which is not given to the verifier. */
  readonly lacksSecondFile?: boolean
  readonly index?: {
    readonly columns: readonly StoredColumn[]
    readonly key: RowsetDefinition['key']
    /** Table columns by their numbers in the index. */
    readonly columnIds: readonly (readonly [number: number, columnId: number])[]
    readonly filter?: string
    /** The index's rows, in its order. */
    rows(addresses: readonly RowAddress[]): Iterable<RowToWrite>
  }
}

/** Writes the table to a file and verifies it there. */
export async function verifyWritten(what: TableToVerify): Promise<Verified> {
  await using scratch = await createScratchFolder()
  const definitions = [dataFile(scratch.path, 1)]
  if (what.lacksSecondFile === true) definitions.push(dataFile(scratch.path, 2))
  const writer = storageWriter(definitions)
  const addresses: RowAddress[] = []
  const written: Part[] = []
  const { table, index } = what
  const definition = { ...table, objectId: OBJECT_ID }
  const add = (_: readonly SqlValue[], address: RowAddress) => addresses.push(address)
  written.push({ definition, result: writer.writeRowset(definition, what.rows, add) })
  if (index !== undefined) {
    const indexDefinition = rowset(index.columns, {
      rowsetId: INDEX_ROWSET_ID,
      objectId: OBJECT_ID,
      indexId: INDEX_ID,
      key: index.key,
      compression: table.compression ?? 'none',
      allocationUnitIds: { inRow: 7n << 48n, lob: 8n << 48n, rowOverflow: 9n << 48n },
    })
    const result = writer.writeRowset(indexDefinition, index.rows(addresses))
    written.push({ definition: indexDefinition, result })
  }
  await writer.finish({ bootRecord: BOOT_RECORD })
  using files = new WrittenFiles(definitions)
  const source = PageFile.open(definitions[0]?.path ?? '')
  try {
    return verifyContext(contextOf(files, source, { what, written }))
  } finally {
    source.close()
  }
}

interface Part {
  readonly definition: RowsetDefinition
  readonly result: WrittenRowset
}

/** No catalog has been written: it is answered for here. */
function contextOf(
  files: WrittenFiles,
  source: PageFile,
  { what, written }: { what: TableToVerify; written: readonly Part[] },
): VerifyContext {
  const units = written.flatMap(({ definition: { rowsetId, filegroupId }, result }) =>
    result.units.map((unit) => ({ ...unit, rowsetId, filegroupId })),
  )
  const owners = new Map<string, PageOwner>()
  for (const unit of units) {
    for (const { fileId, pageNumber } of iamPages(files, unit.firstIam)) {
      owners.set(`${fileId}:${pageNumber}`, { unit, object: undefined, isComplete: true })
    }
  }
  const storage = {
    rowsets: written.map(({ definition, result }) => ({
      ...definition,
      partitionNumber: 1,
      rowCount: result.rowCount,
      compression: COMPRESSION[definition.compression ?? 'none'],
    })),
    units,
    unitsOf: (rowsetId: bigint) => units.filter((unit) => unit.rowsetId === rowsetId),
    columnsOf: (rowsetId: bigint) =>
      written
        .filter(({ definition }) => definition.rowsetId === rowsetId)
        .flatMap(({ definition }) => storedColumns(definition)),
    systemRows: (tableId: number) =>
      tableId === SYSTEM_TABLES.sysiscols ? indexColumns(what) : [],
    valueWhenAbsent: () => null,
  }
  const reader = {
    bootPage: { hasDataPurity: true },
    readPage: (fileId: number, pageNumber: number) => files.readPage(fileId, pageNumber),
    pageCountOf: (fileId: number) => files.pageCountOf(fileId),
    catalog: {
      schemas: [],
      files: [{ fileId: 1 }, { fileId: 2 }],
      objects: [],
      columns: () => what.table.columns.map(({ columnId, name }) => ({ columnId, name })),
      indexes: () =>
        what.index === undefined
          ? []
          : [
              {
                indexId: INDEX_ID,
                name: 'IX',
                type: 'NONCLUSTERED',
                hasFilter: what.index.filter !== undefined,
              },
            ],
      filterText: () => what.index?.filter,
    },
  }
  const context = { reader, storage, sources: new Map([[1, source]]) }
  const ownerOf = (fileId: number, pageNumber: number) => owners.get(`${fileId}:${pageNumber}`)
  const isAllocated = () => undefined
  return { ...context, ownerOf, isAllocated } as unknown as VerifyContext
}

function storedColumns(definition: RowsetDefinition) {
  return physicalColumns(definition).map((physical, index) => {
    const type: SqlType | undefined = definition.columns[index]?.type
    const id = Object.entries(SYSTEM_TYPE_NAMES).find(([, name]) => name === type?.name)?.[0]
    const length = Math.max(0, type?.maxLength ?? 0)
    return { ...physical, systemTypeId: Number(id), length }
  })
}

/** Rows of sysiscols (format reference 4.3). */
function indexColumns({ index }: TableToVerify) {
  return (index?.columnIds ?? []).map(([number, columnId]) => {
    const values = new Map([
      [4, OBJECT_ID],
      [8, INDEX_ID],
      [12, number],
      [16, 2],
      [20, columnId],
    ])
    return { int32: (offset: number) => values.get(offset) ?? 0 }
  })
}
