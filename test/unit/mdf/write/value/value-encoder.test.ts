import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  Decimal,
  SqlDateTime,
  type SqlType,
  type SqlTypeName,
  SqlVariant,
} from '../../../../../src/mdf/index.ts'
import { MAX_LENGTH, TICKS_PER_DAY } from '../../../../../src/mdf/sql-type.ts'
import { sqlTypeOf } from '../../../../../src/mdf/value/system-type.ts'
import { valueDecoder } from '../../../../../src/mdf/value/value-decoder.ts'
import type { StoredValue } from '../../../../../src/mdf/write/value/encoder.ts'
import { encodeValue } from '../../../../../src/mdf/write/value/value-encoder.ts'

const LATIN = 0x3400d008
const JAPANESE = 0x0000d010
const CHINESE_TAIWAN = 0xd003
const CHINESE_PRC = 0xd024
const KOREAN = 0xd011
const CYRILLIC = 0xd015
const UTF8 = 0x40888
const LAST_DAY = 3_652_058

function typeOf(name: SqlTypeName, maxLength: number, more: Partial<SqlType> = {}): SqlType {
  return { name, maxLength, precision: 0, scale: 0, collationId: 0, ...more }
}

function stored(systemTypeId: number, more: { precision?: number; scale?: number } = {}): SqlType {
  const facets = { userTypeId: 0, length: 0, precision: 0, scale: 0, collationId: 0, ...more }
  const type = sqlTypeOf({ systemTypeId, ...facets })
  assert.ok(type !== undefined)
  return type
}

function roundTrip(type: SqlType, value: StoredValue): StoredValue {
  const bytes = encodeValue(type, value)
  return valueDecoder(type)(bytes, 0, bytes.length)
}

function assertRoundTrips(type: SqlType, values: readonly StoredValue[]): void {
  for (const value of values) assert.deepEqual(roundTrip(type, value), value)
}

function assertRefused(type: SqlType, values: readonly StoredValue[]): void {
  for (const value of values) {
    assert.throws(() => encodeValue(type, value), { code: 'INVALID_ARGUMENT' }, String(value))
  }
}

describe('encodeValue', () => {
  it('keeps the boundaries of whole numbers, and refuses what lies beyond', () => {
    assertRoundTrips(typeOf('bit', 1), [true, false])
    assertRoundTrips(typeOf('tinyint', 1), [0, 255])
    assertRefused(typeOf('tinyint', 1), [-1, 256, 1.5, '1', 1n])
    assertRoundTrips(typeOf('smallint', 2), [-32768, 32767])
    assertRefused(typeOf('smallint', 2), [-32769, 32768])
    assertRoundTrips(typeOf('int', 4), [-2147483648, -1, 0, 2147483647])
    assertRefused(typeOf('int', 4), [-2147483649, 2147483648])
    assertRoundTrips(typeOf('bigint', 8), [-(2n ** 63n), 2n ** 63n - 1n])
    assertRefused(typeOf('bigint', 8), [-(2n ** 63n) - 1n, 2n ** 63n, 5])
  })

  it('keeps floats, and refuses what is no number of the type', () => {
    assertRoundTrips(typeOf('float', 8), [Number.MAX_VALUE, Number.MIN_VALUE, -0.1, 0])
    assertRoundTrips(typeOf('real', 4), [3.4028234663852886e38, -1.5])
    assertRefused(typeOf('real', 4), [3.5e38, Number.NaN])
    assertRefused(typeOf('float', 8), [Number.POSITIVE_INFINITY, Number.NaN])
  })

  it('keeps every digit of decimals and money', () => {
    for (const precision of [1, 9, 10, 19, 20, 28, 29, 38]) {
      const largest = 10n ** BigInt(precision) - 1n
      const type = stored(106, { precision, scale: 1 })
      assertRoundTrips(type, [
        new Decimal(largest, 1),
        new Decimal(-largest, 1),
        new Decimal(0n, 1),
      ])
      assertRefused(type, [new Decimal(largest + 1n, 1), new Decimal(5n, 2)])
    }
    assert.deepEqual(
      roundTrip(stored(108, { precision: 9, scale: 4 }), new Decimal(-15n, 1)),
      new Decimal(-15_000n, 4),
    )
    assertRoundTrips(typeOf('money', 8), [new Decimal(-(2n ** 63n), 4), new Decimal(1n, 4)])
    assertRoundTrips(typeOf('smallmoney', 4), [new Decimal(-(2n ** 31n), 4)])
    assertRefused(typeOf('smallmoney', 4), [new Decimal(2n ** 31n, 4)])
    assertRefused(typeOf('money', 8), [new Decimal(2n ** 63n, 4)])
  })

  it('keeps the first and last moments of every date type', () => {
    assertRoundTrips(stored(40), [new SqlDateTime(0, 0), new SqlDateTime(LAST_DAY, 0)])
    for (let scale = 0; scale <= 7; scale++) {
      const last = TICKS_PER_DAY - 10 ** (7 - scale)
      assertRoundTrips(stored(41, { scale }), [new SqlDateTime(0, 0), new SqlDateTime(0, last)])
      assertRoundTrips(stored(42, { scale }), [
        new SqlDateTime(0, 0),
        new SqlDateTime(LAST_DAY, last),
      ])
      assertRoundTrips(stored(43, { scale }), [
        new SqlDateTime(1, 0, 14 * 60),
        new SqlDateTime(730_000, last, -330),
        new SqlDateTime(LAST_DAY - 1, last, -14 * 60),
      ])
    }
    assertRefused(stored(43, { scale: 7 }), [
      new SqlDateTime(0, 0, 60),
      new SqlDateTime(LAST_DAY, TICKS_PER_DAY - 1, -60),
      new SqlDateTime(5, 0, 841),
    ])
    assertRefused(stored(40), [new SqlDateTime(-1, 0), new SqlDateTime(LAST_DAY + 1, 0)])
  })

  it('keeps each 1/300 s of datetime and each minute of smalldatetime', () => {
    const ticks = [0, 1, 2, 3, 25_919_999].map((unit) => Math.round((unit * 100_000) / 3))
    const datetimes = ticks.map((tick) => new SqlDateTime(730_000, tick))
    assertRoundTrips(typeOf('datetime', 8), datetimes)
    assertRoundTrips(typeOf('datetime', 8), [
      new SqlDateTime(639_905, 0),
      new SqlDateTime(LAST_DAY, 0),
    ])
    assertRefused(typeOf('datetime', 8), [new SqlDateTime(639_904, 0)])
    assertRoundTrips(typeOf('smalldatetime', 4), [
      new SqlDateTime(693_595, 0),
      new SqlDateTime(693_595 + 65_535, 1439 * 600_000_000),
    ])
    assertRefused(typeOf('smalldatetime', 4), [new SqlDateTime(693_595 + 65_536, 0)])
  })

  it('rounds what a date type has no digits for', () => {
    const almostMidnight = new SqlDateTime(730_000, TICKS_PER_DAY - 1)
    const nextDay = new SqlDateTime(730_001, 0)
    assert.deepEqual(roundTrip(typeOf('datetime', 8), almostMidnight), nextDay)
    assert.deepEqual(roundTrip(typeOf('smalldatetime', 4), almostMidnight), nextDay)
    assert.deepEqual(roundTrip(stored(42, { scale: 3 }), almostMidnight), nextDay)
    assert.deepEqual(
      roundTrip(stored(41, { scale: 0 }), almostMidnight),
      new SqlDateTime(0, TICKS_PER_DAY - 10_000_000),
    )
  })

  it('writes text in the code page of its collation', () => {
    const cases: [number, string][] = [
      [LATIN, 'Größe 5 € – naïve'],
      [JAPANESE, '日本語テキスト、ｶﾅ ～'],
      [CHINESE_TAIWAN, '中文字元'],
      [CHINESE_PRC, '简体中文测试'],
      [KOREAN, '한국어 텍스트'],
      [CYRILLIC, 'Привет'],
      [UTF8, 'всё 日本 😀'],
    ]
    for (const [collationId, text] of cases) {
      for (const name of ['varchar', 'text'] as const) {
        assertRoundTrips(typeOf(name, MAX_LENGTH, { collationId }), [text, ''])
      }
    }
    const latin = typeOf('varchar', 20, { collationId: LATIN })
    assert.equal(roundTrip(latin, 'ö Ж 😀'), 'ö ? ??')
  })

  it('writes all 256 codes of a single-byte code page as they were', () => {
    for (const collationId of [LATIN, CYRILLIC, 0x1e00d008]) {
      const type = typeOf('varchar', 256, { collationId })
      const all = Buffer.from(Array.from({ length: 256 }, (_, code) => code))
      const text = valueDecoder(type)(all, 0, 256)
      assert.deepEqual(encodeValue(type, text), all)
    }
  })

  it('fills up fixed lengths and refuses what is longer', () => {
    assert.equal(roundTrip(typeOf('char', 5, { collationId: LATIN }), 'ab'), 'ab   ')
    assert.equal(roundTrip(typeOf('char', 8, { collationId: UTF8 }), 'é'), 'é      ')
    assert.equal(roundTrip(typeOf('nchar', 6), 'ab'), 'ab ')
    assert.deepEqual(roundTrip(typeOf('binary', 3), Uint8Array.of(1)), Uint8Array.of(1, 0, 0))
    assertRefused(typeOf('char', 2, { collationId: LATIN }), ['abc'])
    assertRefused(typeOf('char', 3, { collationId: UTF8 }), ['éé'])
    assertRefused(typeOf('nchar', 4), ['abc'])
    assertRefused(typeOf('nvarchar', 4), ['abc', 5])
    assertRefused(typeOf('varbinary', 1), [Uint8Array.of(1, 2), 'a'])
    assertRefused(typeOf('binary', 1), [Uint8Array.of(1, 2)])
    assertRefused(typeOf('timestamp', 8), [Uint8Array.of(1)])
  })

  it('keeps UTF-16 as it is, unpaired surrogates included', () => {
    const text = 'a\ud800b😀\ufeff\u0000'
    assertRoundTrips(typeOf('nvarchar', 100), [text, '', text.repeat(2)])
    assertRoundTrips(typeOf('nvarchar', MAX_LENGTH), [text.repeat(3000)])
    assertRoundTrips(typeOf('ntext', 16), [text.repeat(3000)])
  })

  it('keeps identifiers and bytes', () => {
    const id = '6F9619FF-8B86-D011-B42D-00C04FC964FF'
    assertRoundTrips(typeOf('uniqueidentifier', 16), [id])
    assert.equal(
      encodeValue(typeOf('uniqueidentifier', 16), id).toString('hex'),
      'ff19966f868b11d0b42d00c04fc964ff',
    )
    assertRefused(typeOf('uniqueidentifier', 16), ['6F9619FF', ''])
    const bytes = new Uint8Array(300).fill(7)
    for (const name of ['varbinary', 'image', 'geometry', 'geography'] as const) {
      assertRoundTrips(typeOf(name, MAX_LENGTH), [bytes, new Uint8Array(0)])
    }
    assertRoundTrips(typeOf('hierarchyid', 892), [Uint8Array.of(0x58), new Uint8Array(0)])
    assertRefused(typeOf('hierarchyid', 892), [new Uint8Array(893)])
    assertRoundTrips(typeOf('timestamp', 8), [Uint8Array.of(0, 0, 0, 0, 0, 0, 7, 0xd1)])
  })

  it('keeps a sql_variant with its type', () => {
    const variant = typeOf('sql_variant', 8016)
    const cases: [SqlType, Exclude<StoredValue, SqlVariant>][] = [
      [stored(56), -5],
      [stored(104), true],
      [stored(127), 2n ** 40n],
      [stored(61), new SqlDateTime(730_000, 100_000)],
      [stored(36), '6F9619FF-8B86-D011-B42D-00C04FC964FF'],
      [stored(106, { precision: 20, scale: 3 }), new Decimal(-12345n, 3)],
      [stored(42, { scale: 4 }), new SqlDateTime(730_000, 1_234_000)],
      [typeOf('varbinary', 20), Uint8Array.of(1, 2)],
      [typeOf('nvarchar', 40, { collationId: LATIN }), 'text'],
      [typeOf('varchar', 40, { collationId: LATIN }), 'été'],
    ]
    for (const [type, value] of cases) {
      assertRoundTrips(variant, [new SqlVariant(type, value)])
    }
    assertRefused(variant, [
      5,
      new SqlVariant(typeOf('xml', MAX_LENGTH), '<a/>'),
      new SqlVariant(typeOf('nvarchar', MAX_LENGTH), 'a'),
    ])
  })

  it('keeps xml, and refuses what is not well-formed', () => {
    const xml = typeOf('xml', MAX_LENGTH)
    assertRoundTrips(xml, [
      '',
      'just text',
      '<a/>',
      '<a x="1" y="&lt;&quot;">t &amp; u<!-- c --><b xmlns="urn:x"><c/></b></a><?pi body?>',
      '<p:r xmlns:p="u"><p:a p:z="">x</p:a></p:r><p:r xmlns:p="v"/>',
      `<r>${'<e a="1">text</e>'.repeat(300)}</r>`,
    ])
    assert.equal(
      roundTrip(xml, '<?xml version="1.0"?><a><![CDATA[1 < 2]]>&#65;</a>'),
      '<a>1 &lt; 2A</a>',
    )
    assertRefused(xml, ['<a>', '</a>', '<a></b>', '<a b=1/>', '<a>&no;</a>', '<a b="" b=""/>', '<'])
  })
})
