import type { Lsn } from '../../page/lsn.ts'
import { PAGE_HEADER_SIZE, type PagePointer } from '../../page/page.ts'
import { CHILD_POINTER_SIZE, RECORD_TYPES } from '../../page/record-format.ts'
import { PAGE_SIZE } from '../../page-file.ts'
import { CD_RECORD_KINDS, compressedRecord } from '../compression/compressed-cells.ts'
import { CompressedRecordEncoder } from '../compression/compressed-record-encoder.ts'
import { RecordEncoder, type RowEncoder } from '../record/record-encoder.ts'
import type {
  RowAddress,
  RowsetDefinition,
  RowToWrite,
  WrittenRowset,
  WrittenUnit,
} from '../rowset-definition.ts'
import { AllocationUnitWriter } from './allocation-unit-writer.ts'
import type { FilegroupSpace } from './filegroup-space.ts'
import { HeapWriter } from './heap-writer.ts'
import { isCompressed, layOut, type RowsetLayout } from './layout.ts'
import { LobWriter } from './lob-writer.ts'
import { PageCompression } from './page-compression.ts'
import { interiorShape, leafShape } from './record-shapes.ts'
import { TreeWriter } from './tree-writer.ts'

export interface RowsetWriterOptions {
  readonly space: FilegroupSpace
  readonly definition: RowsetDefinition
  readonly lsn: Lsn
  nextLobNumber(): number
}

/** What a heap and a tree have in common. */
interface RowsWriter {
  readonly dataPages: number
  readonly root?: PagePointer | undefined
  add(row: RowToWrite): RowAddress
  finish(): void
}

/** Writes the rows of a heap or index; see `StorageWriter.openRowset`. */
export class RowsetWriter {
  readonly #inRow: AllocationUnitWriter
  readonly #lob: AllocationUnitWriter
  readonly #overflow: AllocationUnitWriter
  readonly #lobs: LobWriter
  readonly #rows: RowsWriter
  #rowCount = 0

  constructor({ space, definition, lsn, nextLobNumber }: RowsetWriterOptions) {
    const { allocationUnitIds, indexId } = definition
    const unit = (allocationUnitId: bigint, type: WrittenUnit['type'], tracksFullness: boolean) =>
      new AllocationUnitWriter(space, { allocationUnitId, type, tracksFullness, lsn })
    this.#inRow = unit(allocationUnitIds.inRow, 1, indexId === 0)
    this.#lob = unit(allocationUnitIds.lob, 2, true)
    this.#overflow = unit(allocationUnitIds.rowOverflow, 3, true)
    const units = { lob: this.#lob, overflow: this.#overflow }
    this.#lobs = new LobWriter({ ...units, nextNumber: nextLobNumber })
    this.#rows = rowsWriter(definition, this.#inRow, this.#lobs)
  }

  /**
   * Writes the next row; returns where it went.
   * @throws PlatformError INVALID_ARGUMENT, DISK_FULL
   */
  add(row: RowToWrite): RowAddress {
    const address = this.#rows.add(row)
    if (row.isGhost !== true) this.#rowCount += 1
    return address
  }

  /** There is a unit of each type in the result; one without pages has none. */
  finish(): WrittenRowset {
    this.#rows.finish()
    this.#lobs.finish()
    const { root, dataPages } = this.#rows
    const [lob, overflow] = [this.#lob, this.#overflow]
    return {
      rowCount: this.#rowCount,
      units: [
        this.#inRow.finish({ root, dataPages }),
        lob.finish({ root: lob.firstPage, dataPages: 0 }),
        overflow.finish({ root: overflow.firstPage, dataPages: 0 }),
      ],
    }
  }
}

function rowsWriter(
  definition: RowsetDefinition,
  unit: AllocationUnitWriter,
  store: LobWriter,
): RowsWriter {
  const { indexId, fillFactor } = definition
  const layout = layOut(definition)
  const { encoder, interiorEncoder, leftmost, compression } = encoders(definition, layout)
  const pageCapacity = PAGE_SIZE - PAGE_HEADER_SIZE
  const capacity = fillFactor === 0 ? pageCapacity : Math.floor((pageCapacity * fillFactor) / 100)
  if (indexId === 0) {
    const fixedLength = layout.minLeafLength
    return new HeapWriter({ unit, encoder, store, fixedLength, capacity, compression })
  }
  return new TreeWriter({
    unit,
    store,
    leafEncoder: encoder,
    interiorEncoder,
    leftmost,
    compression,
    minLeafLength: layout.minLeafLength,
    minInteriorLength: layout.minInteriorLength,
    isClustered: indexId === 1,
    leafCapacity: capacity,
  })
}

interface Encoders {
  readonly encoder: RowEncoder
  readonly interiorEncoder: RowEncoder
  readonly leftmost: Buffer
  readonly compression: PageCompression | undefined
}

function encoders(definition: RowsetDefinition, layout: RowsetLayout): Encoders {
  const { indexId } = definition
  const leaf = leafShape(layout, definition)
  const interior = interiorShape(layout)
  if (!isCompressed(definition)) {
    const leftmost = Buffer.alloc(layout.minInteriorLength)
    if (indexId > 0) leftmost[0] = RECORD_TYPES.index << 1
    const interiorEncoder = new RecordEncoder(interior)
    return { encoder: new RecordEncoder(leaf), interiorEncoder, leftmost, compression: undefined }
  }
  const encoder = new CompressedRecordEncoder(leaf.columns, indexId > 1 ? 'index' : 'data')
  return {
    encoder,
    interiorEncoder: new CompressedRecordEncoder(interior.columns, 'interior'),
    leftmost: compressedLeftmost(definition.key.length),
    compression: definition.compression === 'page' ? new PageCompression(encoder) : undefined,
  }
}

function compressedLeftmost(columns: number): Buffer {
  const cells = Array.from({ length: columns }, () => ({ kind: 'null' }) as const)
  const child = Buffer.alloc(CHILD_POINTER_SIZE)
  return compressedRecord({ cells, kind: CD_RECORD_KINDS.index, child })
}
