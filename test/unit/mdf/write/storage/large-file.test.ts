import assert from 'node:assert/strict'
import path from 'node:path'
import { describe, it } from 'node:test'
import {
  EXTENTS_PER_INTERVAL,
  iamPages,
  PAGES_PER_EXTENT,
  PAGES_PER_INTERVAL,
  PAGES_PER_PFS,
} from '../../../../../src/mdf/page/allocation.ts'
import { PAGE_TYPES, readPagePointer } from '../../../../../src/mdf/page/page.ts'
import { DataFile } from '../../../../../src/mdf/write/storage/data-file.ts'
import { writeFileMaps } from '../../../../../src/mdf/write/storage/file-maps.ts'
import { FilegroupSpace } from '../../../../../src/mdf/write/storage/filegroup-space.ts'
import { PartialFile } from '../../../../../src/mdf/write/storage/partial-file.ts'
import { RowsetWriter } from '../../../../../src/mdf/write/storage/rowset-writer.ts'
import { createScratchFolder } from '../../../../support/scratch-folder.ts'
import { column, dataFile, INT, readRows, rowset, TEXT, WrittenFiles } from '../written-storage.ts'

const ROWS = 2000
const LSN = { virtualLogFile: 34, block: 1, slot: 1 }
const DCM_TYPE = 16
const BCM_TYPE = 17

describe('writeRowset over the end of an allocation interval', () => {
  it('has maps in each interval and an IAM page for each', async () => {
    await using scratch = await createScratchFolder()
    const definition = { ...dataFile(scratch.path, 1), path: path.join(scratch.path, 'large.mdf') }
    const partial = new PartialFile(definition.path)
    const file = new DataFile({ fileId: 1, isPrimary: true, minimumPages: 0, file: partial })
    const space = new FilegroupSpace([file], false)
    const table = rowset([column(1, INT), column(2, TEXT)])
    function* rows() {
      for (let id = 0; id < ROWS; id++) {
        if (id === ROWS / 2) takeRestOfInterval(file)
        yield { values: [id, 'x'.repeat(150)] }
      }
    }
    const writer = new RowsetWriter({ space, definition: table, lsn: LSN, nextLobNumber: () => 1 })
    for (const row of rows()) writer.add(row)
    const result = writer.finish()
    file.reserveToEnd()
    writeFileMaps(file, LSN)
    file.flush()
    await partial.publish()

    using files = new WrittenFiles([definition])
    assert.ok(files.pageCountOf(1) > PAGES_PER_INTERVAL)
    const read = [...readRows(files, table, result)]
    assert.deepEqual(
      read.map(([id]) => id),
      Array.from({ length: ROWS }, (_, id) => id),
    )
    const [unit] = result.units
    const first = files.readPage(1, unit?.firstIam?.pageNumber ?? 0)
    const second = files.readPage(1, first.nextPage?.pageNumber ?? 0)
    assert.equal(second.nextPage, undefined)
    assert.deepEqual(
      [first, second].map((page) => [
        page.bytes.readUInt32LE(100),
        readPagePointer(page.bytes, 0x88)?.pageNumber,
      ]),
      [
        [0, 0],
        [1, PAGES_PER_INTERVAL],
      ],
    )
    assert.equal([...iamPages(files, unit?.firstIam)].length + 2, unit?.usedPages)
    assertMaps(files)
  })
})

/** Extents that nobody writes to: the file is sparse. */
function takeRestOfInterval(file: DataFile): void {
  while (file.allocateExtent() < PAGES_PER_INTERVAL);
}

function assertMaps(files: WrittenFiles): void {
  const maps: [number, number][] = [
    [0, PAGE_TYPES.gam],
    [1, PAGE_TYPES.sgam],
    [6, DCM_TYPE],
    [7, BCM_TYPE],
  ]
  for (const [place, type] of maps) {
    assert.equal(files.readPage(1, PAGES_PER_INTERVAL + place).type, type)
  }
  for (let page = PAGES_PER_PFS; page < files.pageCountOf(1); page += PAGES_PER_PFS) {
    assert.equal(files.readPage(1, page).type, PAGE_TYPES.pfs)
  }
  const gam = files.readPage(1, PAGES_PER_INTERVAL).bytes
  assert.equal(gam.readUInt8(194) & 1, 0)
  const extents = files.pageCountOf(1) / PAGES_PER_EXTENT - EXTENTS_PER_INTERVAL
  assert.equal((gam.readUInt8(194 + (extents >> 3)) >> (extents & 7)) & 1, 1)
}
