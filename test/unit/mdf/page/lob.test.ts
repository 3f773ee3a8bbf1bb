import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readLob } from '../../../../src/mdf/page/lob.ts'
import type { Page } from '../../../../src/mdf/page/page.ts'
import { buildPage, hex, readerOver, singlePage } from '../page-builder.ts'

const TEXT_MIX = 3
const BLOB_ID = '00 00 d2 07 00 00 00 00'

function lobRecord(body: Buffer): Buffer {
  const record = Buffer.concat([hex(`08 00 00 00 ${BLOB_ID}`), body])
  record.writeUInt16LE(record.length, 2)
  return record
}

const data = (text: string) => lobRecord(Buffer.concat([hex('03 00'), Buffer.from(text)]))

function rid(slot: number, pageNumber = 0): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32LE(pageNumber, 0)
  bytes.writeUInt16LE(1, 4)
  bytes.writeUInt16LE(slot, 6)
  return bytes
}

function shortLink(end: number, slot: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(end)
  return Buffer.concat([bytes, rid(slot)])
}

function longLink(end: number, slot: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32LE(end)
  return Buffer.concat([bytes, rid(slot)])
}

const largeRoot = (...links: readonly Buffer[]) =>
  lobRecord(
    Buffer.concat([
      hex('05 00 | 05 00'),
      Buffer.from([links.length, 0, 0, 0, 0, 0, 0, 0]),
      ...links,
    ]),
  )
const internal = (...links: readonly Buffer[]) =>
  lobRecord(Buffer.concat([hex('02 00 | 05 00'), Buffer.from([links.length, 0, 0, 0]), ...links]))

/** Page 0 is full of LOB records; the value is reached through `pointer`. */
function read(pointer: Buffer, ...records: readonly Buffer[]): string | undefined {
  const reader = readerOver([buildPage({ pageNumber: 0, type: TEXT_MIX, records })])
  const page: Page = singlePage(1, pointer)
  return readLob(reader, { page, start: 96, end: 96 + pointer.length })?.toString()
}

const textPointer = (slot: number) => Buffer.concat([hex('00 00 d1 07 00 00 00 00'), rid(slot)])
const inlineRoot = (...links: readonly Buffer[]) =>
  Buffer.concat([hex('04 00 00 00 00 00 00 00 00 00 00 00'), ...links])

describe('readLob', () => {
  it('reads a small root behind a text pointer', () => {
    const small = lobRecord(hex('00 00 | 05 00 | 00 00 00 00 | 48 65 6c 6c 6f 00 00 00'))
    assert.equal(read(textPointer(0), small), 'Hello')
  })

  it('reads a large root with links in the order of its parts', () => {
    const root = largeRoot(shortLink(3, 2), shortLink(8, 1))
    assert.equal(read(textPointer(0), root, data('Speed'), data('Top')), 'TopSpeed')
  })

  it('reads a tree with internal nodes behind an inline root', () => {
    const node = internal(longLink(2, 1), longLink(4, 2))
    const root = inlineRoot(shortLink(4, 0), shortLink(6, 1))
    assert.equal(read(root, node, data('ab'), data('cd')), 'abcdab')
  })

  it('reads a NULL root and an empty pointer as no value', () => {
    assert.equal(read(textPointer(0), lobRecord(hex('08 00'))), undefined)
    assert.equal(read(Buffer.alloc(16)), undefined)
  })

  it('refuses parts that are not as long as promised', () => {
    assert.throws(() => read(inlineRoot(shortLink(9, 0)), data('short')), {
      message: /5 bytes of the 9/,
    })
  })

  it('refuses a tree that runs in a circle', () => {
    assert.throws(() => read(inlineRoot(shortLink(4, 0)), internal(longLink(4, 0))), {
      message: /circle/,
    })
  })

  it('refuses a pointer to something else', () => {
    assert.throws(() => read(inlineRoot(shortLink(4, 7)), data('ab')), { code: 'FILE_DAMAGED' })
    assert.throws(() => read(Buffer.alloc(17, 1)), { message: /has 17 bytes/ })
  })
})
