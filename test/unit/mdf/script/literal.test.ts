import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  DAYS_TO_1900,
  Decimal,
  SqlDateTime,
  type SqlType,
  type SqlTypeName,
  SqlVariant,
  TICKS_PER_SECOND,
} from '../../../../src/mdf/index.ts'
import { typedLiteral } from '../../../../src/mdf/script/literal.ts'

function variant(name: SqlTypeName, value: SqlVariant['value'], facets: Partial<SqlType> = {}) {
  return new SqlVariant(
    { name, maxLength: 0, precision: 0, scale: 0, collationId: 0, ...facets },
    value,
  )
}

describe('typedLiteral', () => {
  const cases: readonly (readonly [SqlVariant, string])[] = [
    [variant('nvarchar', "it's", { maxLength: 8 }), "N'it''s'"],
    [variant('int', -3), '-3'],
    [variant('bit', true), 'CAST(1 AS bit)'],
    [variant('varchar', 'x', { maxLength: 5 }), "CAST(N'x' AS varchar(5))"],
    [variant('varchar', ''), "CAST(N'' AS varchar(1))"],
    [variant('bigint', 2n ** 62n), 'CAST(4611686018427387904 AS bigint)'],
    [variant('float', 0.1), 'CAST(1E-1 AS float)'],
    [variant('float', 1e300), 'CAST(1E+300 AS float)'],
    [variant('money', new Decimal(-12_345n, 4)), 'CAST(-1.2345 AS money)'],
    [
      variant('varbinary', new Uint8Array([0, 171]), { maxLength: 2 }),
      'CAST(0x00AB AS varbinary(2))',
    ],
    [variant('date', new SqlDateTime(0, 0)), "CAST('0001-01-01' AS date)"],
    [
      variant('datetime', new SqlDateTime(DAYS_TO_1900 + 60, 3_723.003_333_3 * TICKS_PER_SECOND)),
      "CAST('1900-03-02T01:02:03.003' AS datetime)",
    ],
    [variant('time', new SqlDateTime(0, 1), { scale: 7 }), "CAST('00:00:00.0000001' AS time(7))"],
    [
      variant('datetimeoffset', new SqlDateTime(DAYS_TO_1900, 0, -90), { scale: 7 }),
      "CAST('1900-01-01T00:00:00-01:30' AS datetimeoffset(7))",
    ],
  ]
  for (const [value, text] of cases) {
    it(`writes ${value.type.name} as ${text}`, () => assert.equal(typedLiteral(value), text))
  }
})
