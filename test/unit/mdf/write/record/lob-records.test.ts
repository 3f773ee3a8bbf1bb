import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PageFile } from '../../../../../src/mdf/index.ts'
import { PAGE_TYPES, readVerifiedPage } from '../../../../../src/mdf/page/page.ts'
import {
  blobId,
  inlineRoot,
  type LobLink,
  overflowPointer,
  textPointer,
} from '../../../../../src/mdf/write/record/large-value-pointers.ts'
import {
  lobDataRecord,
  rootRecord,
  smallRootRecord,
} from '../../../../../src/mdf/write/record/lob-records.ts'
import { corpusFile, skipWithoutCorpus } from '../../../../support/corpus.ts'

const FILE = 'northwnd.mdf'
const KINDS = { smallRoot: 0, data: 3, root: 5 }

describe('LOB records', () => {
  it(`are made as ${FILE} has them`, { skip: skipWithoutCorpus(FILE) }, () => {
    const counts = new Map<number, number>()
    for (const { record, kind } of storedLobRecords()) {
      const number = record.readUInt32LE(6)
      assert.equal(record.readBigUInt64LE(4), blobId(number))
      const made = rebuilt(record, kind, number)
      // Room for links that are not used yet is garbage.
      assert.deepEqual(record.subarray(0, made.used), made.bytes.subarray(0, made.used))
      assert.equal(record.length, made.bytes.length)
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
    }
    assert.ok((counts.get(KINDS.data) ?? 0) > 50, 'data')
    assert.ok((counts.get(KINDS.root) ?? 0) > 20, 'roots')
    assert.ok((counts.get(KINDS.smallRoot) ?? 0) > 3, 'small roots')
  })
})

describe('large value pointers', () => {
  const link = { end: 8040, pageNumber: 0x104, fileId: 1, slot: 0 }

  it('are laid out as SQL Server does', () => {
    assert.equal(
      textPointer(0x7d1, { pageNumber: 0x77, fileId: 1, slot: 1 }).toString('hex'),
      '0000d10700000000' + '7700000001000100',
    )
    assert.equal(
      inlineRoot(8, 0, [link, { ...link, end: 0x2b5e, pageNumber: 0x105 }]).toString('hex'),
      '040000000100000008000000' + '681f00000401000001000000' + '5e2b00000501000001000000',
    )
    assert.equal(
      overflowPointer(8, link).toString('hex'),
      '020000000100000008000000' + '681f00000401000001000000',
    )
  })
})

function rebuilt(record: Buffer, kind: number, number: number) {
  if (kind === KINDS.data) {
    return { bytes: lobDataRecord(number, record.subarray(14)), used: record.length }
  }
  if (kind === KINDS.smallRoot) {
    const length = record.readUInt16LE(14)
    const bytes = smallRootRecord(number, record.subarray(20, 20 + length))
    record.fill(0, 16, 20)
    return { bytes, used: 20 + length }
  }
  const count = record.readUInt16LE(16)
  const links = Array.from({ length: count }, (_, index) => linkAt(record, 24 + 12 * index))
  record.fill(0, 20, 24)
  return { bytes: rootRecord(number, record.readUInt16LE(18), links), used: 24 + 12 * count }
}

function linkAt(record: Buffer, start: number): LobLink {
  return {
    end: record.readUInt32LE(start),
    pageNumber: record.readUInt32LE(start + 4),
    fileId: record.readUInt16LE(start + 8),
    slot: record.readUInt16LE(start + 10),
  }
}

function* storedLobRecords(): Generator<{ record: Buffer; kind: number }> {
  const source = PageFile.open(corpusFile(FILE))
  try {
    for (let number = 1; number < source.pageCount; number++) {
      const type = source.readPage(number)[1]
      if (type !== PAGE_TYPES.textMix && type !== PAGE_TYPES.textTree) continue
      const page = readVerifiedPage(source, 1, number)
      for (let slot = 0; slot < page.slotCount; slot++) {
        const start = page.slotOffset(slot)
        if (start === 0) continue
        const length = page.bytes.readUInt16LE(start + 2)
        const record = Buffer.from(page.bytes.subarray(start, start + length))
        yield { record, kind: record.readUInt16LE(12) }
      }
    }
  } finally {
    source.close()
  }
}
