import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  csvHeader,
  csvRowWriter,
  Decimal,
  jsonRowWriter,
  SqlDateTime,
  type SqlType,
  type SqlTypeName,
  type SqlValue,
  SqlVariant,
  textChunks,
  valueText,
} from '../../../../src/mdf/index.ts'

const LAST_DAY = 3_652_058
const TICKS_PER_DAY = 864_000_000_000
const DATETIME_UNITS_PER_SECOND = 300

function typeOf(name: SqlTypeName, scale = 0): SqlType {
  return { name, maxLength: 0, precision: 0, scale, collationId: 0 }
}

/** A datetime as its page form says: days since 1900 and 1/300 seconds. */
function dateTime(days: number, units: number): SqlDateTime {
  return new SqlDateTime(days, Math.round((units * 1e7) / DATETIME_UNITS_PER_SECOND))
}

const TEXTS: readonly (readonly [SqlType, Exclude<SqlValue, null>, string])[] = [
  [typeOf('bit'), true, '1'],
  [typeOf('bit'), false, '0'],
  [typeOf('int'), -2_147_483_648, '-2147483648'],
  [typeOf('bigint'), -(2n ** 63n), '-9223372036854775808'],
  [
    typeOf('decimal', 10),
    new Decimal(10n ** 38n - 1n, 10),
    '9999999999999999999999999999.9999999999',
  ],
  [typeOf('decimal', 2), new Decimal(-5n, 2), '-0.05'],
  [typeOf('money', 4), new Decimal(-(2n ** 63n), 4), '-922337203685477.5808'],
  [typeOf('float'), 0.1, '0.1'],
  [typeOf('float'), -0, '-0'],
  [typeOf('float'), 1e300, '1e+300'],
  [typeOf('real'), Math.fround(0.1), '0.1'],
  [typeOf('real'), Math.fround(3.4028235e38), '3.4028235e+38'],
  [typeOf('real'), 2 ** -149, '1e-45'],
  [typeOf('real'), 16_777_216, '16777216'],
  [typeOf('date'), new SqlDateTime(0, 0), '0001-01-01'],
  [typeOf('date'), new SqlDateTime(LAST_DAY, 0), '9999-12-31'],
  [typeOf('date'), new SqlDateTime(737_483, 0), '2020-02-29'],
  [typeOf('time', 7), new SqlDateTime(0, TICKS_PER_DAY - 1), '23:59:59.9999999'],
  [typeOf('time', 0), new SqlDateTime(0, 36_610_000_000), '01:01:01'],
  [typeOf('datetime'), dateTime(737_483, 300 * 86_400 - 1), '2020-02-29T23:59:59.997'],
  [typeOf('datetime'), dateTime(737_483, 1), '2020-02-29T00:00:00.003'],
  [typeOf('smalldatetime'), new SqlDateTime(737_483, 600_000_000), '2020-02-29T00:01:00'],
  [typeOf('datetime2', 3), new SqlDateTime(737_483, 10_000), '2020-02-29T00:00:00.001'],
  [typeOf('datetimeoffset', 1), new SqlDateTime(737_483, 0, -330), '2020-02-29T00:00:00.0-05:30'],
  [typeOf('varbinary'), Uint8Array.of(0, 10, 255), '0x000AFF'],
  [typeOf('varbinary'), new Uint8Array(0), '0x'],
  [typeOf('nvarchar'), 'Zoë 🎉', 'Zoë 🎉'],
  [typeOf('sql_variant'), new SqlVariant(typeOf('bigint'), 7n), '7'],
]

describe('valueText', () => {
  for (const [type, value, text] of TEXTS) {
    it(`writes ${type.name} ${text}`, () => {
      assert.equal(valueText(type)(value), text)
    })
  }

  it('writes a float and a real with so many digits that the same number is read back', () => {
    const [float, real] = [valueText(typeOf('float')), valueText(typeOf('real'))]
    const bits = new DataView(new ArrayBuffer(8))
    let state = 1
    for (let round = 0; round < 20_000; round++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      bits.setUint32(0, state)
      bits.setUint32(4, Math.imul(state, 0x9e3779b1))
      const [double, single] = [bits.getFloat64(0), bits.getFloat32(4)]
      if (Number.isFinite(double)) assert.equal(Number(float(double)), double)
      if (Number.isFinite(single)) assert.equal(Math.fround(Number(real(single))), single)
    }
  })

  it('writes every day as the calendar does', () => {
    const text = valueText(typeOf('date'))
    const firstDay = Date.UTC(2000, 0, 1) / 86_400_000 - 730_119
    for (let day = 0; day <= LAST_DAY; day += 97) {
      const expected = new Date((day + firstDay) * 86_400_000).toISOString().slice(0, 10)
      assert.equal(text(new SqlDateTime(day, 0)), expected)
    }
  })
})

const COLUMNS = [
  { name: 'Id', type: typeOf('bigint') },
  { name: 'Name, short', type: typeOf('nvarchar') },
  { name: 'Price', type: typeOf('money', 4) },
  { name: 'Weight', type: typeOf('float') },
  { name: 'IsOpen', type: typeOf('bit') },
]

describe('csvRowWriter', () => {
  const write = csvRowWriter(COLUMNS)

  it('names the columns first', () => {
    assert.equal(csvHeader(COLUMNS), 'Id,"Name, short",Price,Weight,IsOpen\n')
  })

  it('tells NULL from the empty string, and quotes what would not come back', () => {
    const price = new Decimal(15_000n, 4)
    assert.equal(write([1n, null, price, 1.5, true]), '1,,1.5000,1.5,1\n')
    assert.equal(write([1n, '', price, null, false]), '1,"",1.5000,,0\n')
    assert.equal(write([1n, 'a "b", c\r\nd', null, null, null]), '1,"a ""b"", c\r\nd",,,\n')
  })
})

describe('jsonRowWriter', () => {
  const write = jsonRowWriter(COLUMNS)

  it('writes numbers that a reader could round as strings', () => {
    const line = write([2n ** 60n, 'a\n"b"\ud800', new Decimal(15_000n, 4), 1.5, true])
    assert.ok(line.endsWith('}\n'))
    assert.deepEqual(JSON.parse(line), {
      Id: '1152921504606846976',
      'Name, short': 'a\n"b"\ud800',
      Price: '1.5000',
      Weight: 1.5,
      IsOpen: true,
    })
    assert.deepEqual(Object.values(JSON.parse(write([null, null, null, null, null]))), [
      ...[null, null, null, null, null],
    ])
  })

  it('writes what a sql_variant holds with its type', () => {
    const writeVariant = jsonRowWriter([{ name: 'v', type: typeOf('sql_variant') }])
    const variant = new SqlVariant({ ...typeOf('decimal', 2), precision: 5 }, new Decimal(150n, 2))
    assert.deepEqual(JSON.parse(writeVariant([variant])), {
      v: { type: 'decimal(5, 2)', value: '1.50' },
    })
  })
})

describe('textChunks', () => {
  it('gives what came before an error, and then the error', () => {
    function* rows(): Generator<SqlValue[]> {
      yield [1]
      throw new RangeError('damaged')
    }
    const chunks = textChunks(rows(), ([value]) => `${value}\n`, 'head\n')
    assert.equal(chunks.next().value, 'head\n1\n')
    assert.throws(() => chunks.next(), RangeError)
  })
})
