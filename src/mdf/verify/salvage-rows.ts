import { PlatformError } from '../../base/index.ts'
import { FixedVarRecord, isCompressedRecord, recordType } from '../page/fixed-var-record.ts'
import { PAGE_TYPES, Page, type PageReader } from '../page/page.ts'
import { RECORD_TYPES } from '../page/record-format.ts'
import { SystemRow } from '../table/system-row.ts'
import { allocatedPages } from './allocated-pages.ts'
import type { DataFiles } from './data-file.ts'
import { originalBytes } from './protection.ts'

const TYPE_OFFSET = 1
const INDEX_ID_OFFSET = 6
const OBJECT_ID_OFFSET = 24
/** The first system tables have an allocation unit of index id 0, all others of 1 (format reference 4.2). */
const LAST_WITHOUT_INDEX_ID = 8

/** Large values are not followed: nothing that is salvaged needs them. */
const NO_LARGE_VALUES: PageReader = {
  readPage: (fileId, pageNumber) => {
    throw new PlatformError('FILE_DAMAGED', `page (${fileId}:${pageNumber}) is not looked for`)
  },
}

/**
 * The rows of a system table whose index or page chain is broken: those on all allocated data pages
 * whose headers name it. Reads every data file from end to end.
 */
export function salvageRows<Entry>(
  files: DataFiles,
  tableId: number,
  parse: (row: SystemRow) => Entry,
): Entry[] {
  const indexId = tableId <= LAST_WITHOUT_INDEX_ID ? 0 : 1
  const entries: Entry[] = []
  for (const file of files.values()) {
    for (const { bytes, pageNumber } of allocatedPages(file, 'tolerant')) {
      if (bytes[TYPE_OFFSET] !== PAGE_TYPES.data) continue
      if (bytes.readUInt32LE(OBJECT_ID_OFFSET) !== tableId) continue
      if (bytes.readUInt16LE(INDEX_ID_OFFSET) !== indexId) continue
      const origin = { path: file.path, fileId: file.fileId, pageNumber }
      for (const row of rowsOf(Buffer.from(originalBytes(bytes)), origin)) {
        const entry = readable(() => parse(row))
        if (entry !== undefined) entries.push(entry)
      }
    }
  }
  return entries
}

function* rowsOf(bytes: Buffer, origin: ConstructorParameters<typeof Page>[1]) {
  const page = readable(() => new Page(bytes, origin))
  for (let slot = 0; slot < (page?.slotCount ?? 0); slot++) {
    const row = readable(() => rowAt(page, slot))
    if (row !== undefined) yield row
  }
}

function rowAt(page: Page | undefined, slot: number): SystemRow | undefined {
  const offset = page?.slotOffset(slot) ?? 0
  if (page === undefined || offset === 0 || isCompressedRecord(page, offset)) return undefined
  if (recordType(page, offset) !== RECORD_TYPES.primary) return undefined
  return new SystemRow(new FixedVarRecord(page, offset), NO_LARGE_VALUES)
}

/** What can be read of a damaged page is taken, the rest is left. */
function readable<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof PlatformError) return undefined
    throw error
  }
}
