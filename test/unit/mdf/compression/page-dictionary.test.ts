import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { expandCell, readPageDictionary } from '../../../../src/mdf/compression/page-dictionary.ts'
import { Page } from '../../../../src/mdf/page/page.ts'
import { buildPage, hex } from '../page-builder.ts'

function pageWith(information: string): Page {
  const records = [hex('01 01 00')]
  const bytes = buildPage({ pageNumber: 1, type: 1, records, information: hex(information) })
  return new Page(bytes, { path: 'memory', fileId: 1, pageNumber: 1 })
}

// Compression information that DBCC PAGE showed for a page of order lines, with its account of it: 539
// bytes, changed 15 times, anchor of 28 bytes with prefixes for the columns 1, 3, 5, 6 and 9.
const PUBLISHED = `
  060f0023 001b0201 09040428 00188303 0081188b 80a31e00 00000053 80a31e00 00000071 00e600e8
  00ea00ec 00ee00f0 00f200f4 00f600f8 00fa00fc 00fe0000 01020104 01060108 010a010c 010e0110
  01120114 01160118 011a011c 011e0120 01220124 01260128 012a012c 012e0130 01320134 01360138
  013a013c 013e0140 01420144 01460148 014a014c 014e0150 01520154 01560158 015a015c 015e0160
  01620164 01660168 016a016c 016e0170 01720174 0177017a 017d0180 01830186 0189018c 018f0192
  01950198 019b019e 01a101a4 01a701aa 01ad01b0 01b301b6 01b901bc 01bf01c2 01c501c8 01cb01ce
  01d101d4 01d801dc 01e001e4 01e801ec 01f001f4 01f80102 7e028002 81028302 84028502 86028802
  8a028c02 8d028e02 8f029002 91029202 93029402 95029682 c382c482 c782c882 ca82cb82 e282e782
  ec830b83 29834383 5a835b83 60836183 63836483 65836683 6c836d83 70837183 73837483 75837f83
  89838c83 8e839583 96839d83 9e83a783 a883a983 b483b983 bd83bf83 c183c283 c383c683 cc83d383
  dd83df83 e1f4f480 ba5480e4 43826dd1 830ff083 34148492 6a84f547 8508d485 5ad785f1 a0864c4e
  86f11786 fde08702 ca89251e 8a54a28a fc808c06 848d948e 8db7d29c 347e9dd0 b2a5a5ec a613c4a9
  1c7abb53 38be1258 c32a4ed1 8e98d489 e8f15b46 fb19c880 8577a880 9863e080 9a129480 a1a34c80
  bae05880 fc229880 fee1b881 05ebf881 0c6f38`

describe('readPageDictionary', () => {
  it('reads the compression information of a published dump', () => {
    const dictionary = readPageDictionary(pageWith(PUBLISHED))
    assert.ok(dictionary)
    const prefixes = dictionary.anchor.map((cell) =>
      cell.kind === 'bytes' ? cell.bytes.toString('hex') : cell.kind,
    )
    assert.deepEqual(prefixes, [
      '830300',
      'null',
      '81188b',
      'null',
      '80a31e00000000',
      '53',
      'null',
      'null',
      '80a31e00000000',
    ])
    const entries = dictionary.entries.map((entry) => entry.toString('hex'))
    assert.equal(entries.length, 113)
    assert.deepEqual([entries[0], entries[20], entries.at(-1)], ['027e', '82c3', '810c6f38'])
  })

  it('is undefined on a page that begins with a record', () => {
    const bytes = buildPage({ pageNumber: 1, type: 1, records: [hex('07 01 00')] })
    const page = new Page(bytes, { path: 'memory', fileId: 1, pageNumber: 1 })
    assert.equal(readPageDictionary(page), undefined)
  })
})

describe('expandCell', () => {
  const expanded = (information: string, cell: string | number) => {
    const page = pageWith(information)
    const dictionary = readPageDictionary(page)
    assert.ok(dictionary)
    const stored =
      typeof cell === 'number'
        ? { kind: 'symbol' as const, symbol: cell }
        : { kind: 'bytes' as const, bytes: hex(cell) }
    const result = expandCell(page, dictionary, 0, stored)
    return result.kind === 'bytes' ? result.bytes.toString('hex') : result.kind
  }

  it('puts a prefix before what an entry of the dictionary has of its own', () => {
    assert.equal(expanded(PUBLISHED, 0), '83037e')
    assert.equal(expanded(PUBLISHED, '02 ff'), '8303ff')
    assert.equal(expanded(PUBLISHED, '00'), '')
  })

  it('takes an anchor that is empty for a prefix of no bytes', () => {
    assert.equal(expanded('02 0000 0800 | 01 01 01', '00 85'), '85')
  })

  it('reads prefixes of 128 bytes and more, whose length takes two bytes', () => {
    const anchor = `02 0000 9500 | 21 01 0a | 01 0100 8200 ${'61'.repeat(130)} 0000`
    assert.equal(expanded(anchor, '8082 62'), `${'61'.repeat(130)}62`)
    assert.equal(expanded(anchor, '8001 62'), `${'61'.repeat(128)}62`)
  })
})
