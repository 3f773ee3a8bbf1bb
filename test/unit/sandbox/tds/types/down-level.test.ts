import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MAX_LENGTH, SqlDateTime, type SqlType } from '../../../../../src/mdf/index.ts'
import { ByteWriter } from '../../../../../src/sandbox/tds/byte-writer.ts'
import { negotiateProtocol } from '../../../../../src/sandbox/tds/protocol.ts'
import { wireColumn } from '../../../../../src/sandbox/tds/types/down-level.ts'
import { nvarchar, sqlType } from '../scripted-backend.ts'

const VERSIONS = [0x71000001, 0x72090002, 0x730b0003, 0x74000004]
/** Latin1_General_100_BIN2_UTF8. */
const UTF8_COLLATION = 0x40888

function toldTypes(type: SqlType, utf8 = false): string[] {
  return VERSIONS.map((version) => {
    const protocol = negotiateProtocol(version, utf8)
    assert.ok(protocol)
    const told = wireColumn(type, protocol).type
    return `${told.name}(${told.maxLength})`
  })
}

describe('wireColumn', () => {
  it('tells clients before 7.3 that dates and times are nvarchar', () => {
    const type = sqlType('datetime2', { maxLength: 8, precision: 27, scale: 7 })
    const text = 'nvarchar(54)'
    assert.deepEqual(toldTypes(type), [text, text, 'datetime2(8)', 'datetime2(8)'])
  })

  it('tells clients before 7.2 that (max) types and xml are text, ntext and image', () => {
    const max = { maxLength: MAX_LENGTH, collationId: 0x3400_d008 }
    assert.equal(toldTypes(sqlType('varchar', max))[0], 'text(16)')
    assert.equal(toldTypes(nvarchar(MAX_LENGTH))[0], 'ntext(16)')
    assert.equal(toldTypes(sqlType('varbinary', max))[0], 'image(16)')
    assert.equal(toldTypes(sqlType('xml', { maxLength: MAX_LENGTH }))[0], 'ntext(16)')
    assert.equal(toldTypes(sqlType('geometry', { maxLength: MAX_LENGTH }))[0], 'image(16)')
    assert.equal(toldTypes(sqlType('varchar', max))[1], 'varchar(-1)')
  })

  it('gives UTF-8 columns as nvarchar to clients that did not ask for UTF-8', () => {
    const type = sqlType('varchar', { maxLength: 20, collationId: UTF8_COLLATION })
    assert.equal(toldTypes(type)[3], 'nvarchar(40)')
    assert.equal(toldTypes({ ...type, maxLength: 8000 })[3], 'nvarchar(-1)')
    assert.equal(toldTypes(type, true)[3], 'varchar(20)')
  })

  it('formats dates as SQL Server does', () => {
    const protocol = negotiateProtocol(0x71000001, false)
    assert.ok(protocol)
    const format = (type: SqlType, value: SqlDateTime): string => {
      const out = new ByteWriter()
      wireColumn(type, protocol).write(out, value)
      return out.view(2, out.length).toString('utf16le')
    }
    const date = sqlType('date', { maxLength: 3, precision: 10 })
    assert.equal(format(date, new SqlDateTime(0, 0)), '0001-01-01')
    assert.equal(format(date, new SqlDateTime(3_652_058, 0)), '9999-12-31')
    const time = sqlType('time', { maxLength: 3, precision: 8 })
    assert.equal(format(time, new SqlDateTime(0, 863_999_999_999)), '23:59:59')
    const offset = sqlType('datetimeoffset', { maxLength: 9, precision: 29, scale: 2 })
    assert.equal(
      format(offset, new SqlDateTime(693_595, 12_300_000, 345)),
      '1900-01-01 00:00:01.23 +05:45',
    )
  })
})
