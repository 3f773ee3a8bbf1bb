import { Decimal, type SqlType, type SqlValue } from '../../../../mdf/index.ts'
import { SqlError } from '../../../sql-error.ts'
import {
  BIGINT,
  convert,
  isCharacterType,
  isIntegerType,
  isLargeObjectType,
  isUnicodeType,
} from '../../values/index.ts'
import type { Bound } from '../plan/bound.ts'
import type { NewColumn } from '../plan/column.ts'
import type { Row } from '../run/row.ts'
import { commonTypeOf, convertTo } from './conversion.ts'
import { bindOpenJson } from './open-json.ts'
import type { StatementContext } from './statement-context.ts'
import {
  type BoundTableFunction,
  nvarcharMax,
  type TableFunctionDefinition,
} from './table-function-definition.ts'

const TABLE_FUNCTIONS: Readonly<Record<string, TableFunctionDefinition>> = {
  STRING_SPLIT: { minArguments: 2, maxArguments: 3, bind: bindStringSplit },
  GENERATE_SERIES: { minArguments: 2, maxArguments: 3, bind: bindGenerateSeries },
  OPENJSON: { minArguments: 1, maxArguments: 2, bind: bindOpenJson },
}

export function findTableFunction(name: string): TableFunctionDefinition | undefined {
  return TABLE_FUNCTIONS[name.toUpperCase()]
}

/** STRING_SPLIT(text, separator [, enable_ordinal]) */
function bindStringSplit(args: readonly Bound[], statement: StatementContext): BoundTableFunction {
  const [text, separator, ordinal] = args
  if (text === undefined || separator === undefined) throw new RangeError('two arguments')
  const withOrdinal = ordinal?.kind === 'constant' && Number(ordinal.value) === 1
  const value: NewColumn = { name: 'value', type: pieceType(text, statement) }
  return {
    columns: withOrdinal ? [value, { name: 'ordinal', type: BIGINT }] : [value],
    operands: [text, separator].map((one) => convertTo(one, nvarcharMax(statement), statement)),
    *rows([source = null, by = null]): Generator<Row> {
      if (by === null || `${by}`.length !== 1) throw badSeparator()
      if (source === null) return
      let position = 0n
      for (const part of `${source}`.split(`${by}`)) {
        position += 1n
        yield withOrdinal ? [part, position] : [part]
      }
    },
  }
}

/** varchar or nvarchar, as long as the text that is split. */
function pieceType({ type }: Bound, statement: StatementContext): SqlType {
  if (!isCharacterType(type) || isLargeObjectType(type)) return nvarcharMax(statement)
  return { ...type, name: isUnicodeType(type) ? 'nvarchar' : 'varchar' }
}

function badSeparator(): SqlError {
  return new SqlError(
    214,
    "Procedure expects parameter 'separator' of type 'nchar(1)/nvarchar(1)'.",
    { state: 11 },
  )
}

/** GENERATE_SERIES(start, stop [, step]) over one numeric type. */
function bindGenerateSeries(
  args: readonly Bound[],
  statement: StatementContext,
): BoundTableFunction {
  const type = commonTypeOf(args)
  const isExact = isIntegerType(type) || type.name === 'decimal' || type.name === 'numeric'
  if (!isExact) {
    throw new SqlError(
      5373,
      'All the input parameters should be of the same type. Supported types are tinyint, smallint, int, bigint, decimal and numeric.',
    )
  }
  const scale = isIntegerType(type) ? 0 : type.scale
  const unscaled = (value: SqlValue): bigint =>
    value instanceof Decimal ? value.unscaled : BigInt(Number(value))
  const asValue = (value: bigint): SqlValue =>
    isIntegerType(type)
      ? convert(value, BIGINT, type, { explicit: true })
      : new Decimal(value, scale)
  return {
    columns: [{ name: 'value', type, nullable: false }],
    operands: args.map((one) => convertTo(one, type, statement)),
    *rows([start = null, stop = null, given]): Generator<Row> {
      if (start === null || stop === null || given === null) return
      const last = unscaled(stop)
      const one = 10n ** BigInt(scale)
      const step = given === undefined ? (unscaled(start) <= last ? one : -one) : unscaled(given)
      if (step === 0n)
        throw new SqlError(
          4199,
          'Argument value 0 is invalid for argument 3 of generate_series function.',
        )
      for (let at = unscaled(start); step > 0n ? at <= last : at >= last; at += step) {
        yield [asValue(at)]
      }
    },
  }
}
