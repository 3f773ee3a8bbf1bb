import { charType, INT, ncharType, nvarcharType } from '../values/index.ts'
import type { ScalarFunction } from './contract.ts'
import { defineFunction } from './define-function.ts'
import { collationOf, contextCollation, countsSupplementary, textOf } from './text-argument.ts'
import { decodeByte, firstByte } from './text-length.ts'

const char = defineFunction({
  arguments: 1,
  parameters: [INT],
  result: (_args, _keyword, context) => charType(1, context.host.session.collationId),
  evaluate: ([code = null], _context, { resultType }) => {
    const number = Number(code)
    if (number < 0 || number > 255) return null
    return decodeByte(number, resultType.collationId)
  },
})

const nchar = defineFunction({
  arguments: 1,
  parameters: [INT],
  result: (_args, _keyword, context) => {
    const { collationId } = context.host.session
    return countsSupplementary(collationId)
      ? nvarcharType(4, collationId)
      : ncharType(2, collationId)
  },
  evaluate: ([code = null], _context, { resultType }) => {
    const highest = countsSupplementary(resultType.collationId) ? 0x10ffff : 0xffff
    const number = Number(code)
    return number < 0 || number > highest ? null : String.fromCodePoint(number)
  },
})

const ascii = defineFunction({
  arguments: 1,
  result: INT,
  evaluate: ([value = null], context, site) =>
    firstByte(textOf(value, 1, site), contextCollation(site.args, context)),
})

const unicode = defineFunction({
  arguments: 1,
  result: INT,
  evaluate: ([value = null], _context, site) => {
    const text = textOf(value, 1, site)
    if (text === '') return null
    return countsSupplementary(collationOf(site.args))
      ? (text.codePointAt(0) ?? null)
      : text.charCodeAt(0)
  },
})

export const STRING_CODE_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  CHAR: char,
  NCHAR: nchar,
  ASCII: ascii,
  UNICODE: unicode,
}
