import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { collationIdByName } from '../../../../../src/mdf/index.ts'
import { ByteReader } from '../../../../../src/sandbox/tds/byte-reader.ts'
import { ByteWriter } from '../../../../../src/sandbox/tds/byte-writer.ts'
import {
  DEFAULT_COLLATION_ID,
  readCollation,
  writeCollation,
} from '../../../../../src/sandbox/tds/types/collation.ts'

function wireBytes(id: number): Buffer {
  const out = new ByteWriter()
  writeCollation(out, id)
  return Buffer.from(out.view(0, out.length))
}

/** As SQL Server sends them. */
const KNOWN = {
  SQL_Latin1_General_CP1_CI_AS: '0904d00034',
  Latin1_General_CI_AS: '0904d00000',
  Latin1_General_100_CI_AS: '0904d02000',
  Latin1_General_BIN: '0904000100',
  Latin1_General_BIN2: '0904000200',
  Finnish_Swedish_CI_AS: '0b04d00000',
  Latin1_General_100_BIN2_UTF8: '0904002600',
} as const

describe('writeCollation and readCollation', () => {
  for (const [name, bytes] of Object.entries(KNOWN)) {
    it(`know ${name} in both directions`, () => {
      const id = collationIdByName(name) ?? Number.NaN
      assert.equal(wireBytes(id).toString('hex'), bytes)
      const found = readCollation(new ByteReader(Buffer.from(bytes, 'hex')))
      assert.equal(found.toString(16), id.toString(16))
    })
  }

  it('take the default for what they do not know', () => {
    assert.deepEqual(wireBytes(0), wireBytes(DEFAULT_COLLATION_ID))
    for (const bytes of ['0000000000', 'ffffffffff', '0904d000fe']) {
      const id = readCollation(new ByteReader(Buffer.from(bytes, 'hex')))
      assert.equal(id, DEFAULT_COLLATION_ID, bytes)
    }
  })
})
