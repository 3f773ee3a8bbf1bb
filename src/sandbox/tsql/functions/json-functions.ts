import { MAX_LENGTH, type SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import { INT, isNumericType, nvarcharType } from '../values/index.ts'
import type { ArgumentInfo, CallContext, ScalarFunction } from './contract.ts'
import { type CallSite, defineFunction } from './define-function.ts'
import { type JsonNode, parseJson } from './json.ts'
import { modifyJson } from './json-modify.ts'
import { missingProperty, parseJsonPath, selectJson } from './json-path.ts'
import { escapeJson } from './string-build.ts'
import { contextCollation, textOf } from './text-argument.ts'

const MAX_SCALAR_LENGTH = 4000

const isScalar = ({ kind }: JsonNode): boolean => kind !== 'object' && kind !== 'array'

function parsed(text: string): JsonNode | undefined {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof SqlError) return undefined
    throw error
  }
}

/** ISJSON(text): whether it is a JSON object or array. */
const isjson = defineFunction({
  arguments: 1,
  result: INT,
  evaluate([value = null], _context, site) {
    const node = parsed(textOf(value, 1, site))
    return node !== undefined && !isScalar(node) ? 1 : 0
  },
})

const maxText = (args: readonly ArgumentInfo[], _keyword: string, context: CallContext) =>
  nvarcharType(MAX_LENGTH, contextCollation(args, context))

const jsonValue = defineFunction({
  arguments: [1, 2],
  result: (args, _keyword, context) =>
    nvarcharType(MAX_SCALAR_LENGTH * 2, contextCollation(args, context)),
  evaluate([value = null, pathText = '$'], _context, site) {
    const { strict, steps } = parseJsonPath(textOf(pathText, 2, site))
    const node = selectJson(parseJson(textOf(value, 1, site)), steps)
    if (node === undefined) return nothing(strict, missingProperty)
    if (!isScalar(node)) return nothing(strict, noScalar)
    if (node.kind === 'null') return null
    if (node.text.length <= MAX_SCALAR_LENGTH) return node.text
    return nothing(strict, tooLong)
  },
})

const jsonQuery = defineFunction({
  arguments: [1, 2],
  result: maxText,
  evaluate([value = null, pathText = '$'], _context, site) {
    const { strict, steps } = parseJsonPath(textOf(pathText, 2, site))
    const node = selectJson(parseJson(textOf(value, 1, site)), steps)
    if (node === undefined) return nothing(strict, missingProperty)
    return isScalar(node) ? nothing(strict, noContainer) : node.text
  },
})

function nothing(strict: boolean, error: () => SqlError): null {
  if (strict) throw error()
  return null
}

const noScalar = () =>
  new SqlError(13623, 'Scalar value cannot be found in the specified JSON path.', { state: 2 })
const noContainer = () =>
  new SqlError(13624, 'Object or array cannot be found in the specified JSON path.', { state: 1 })
const tooLong = () =>
  new SqlError(13625, 'String value in the specified JSON path would be truncated.')

/** JSON_MODIFY(text, path, value): NULL removes a key, or in strict mode is stored. */
const jsonModify = defineFunction({
  arguments: 3,
  acceptsNull: true,
  result: maxText,
  evaluate([value = null, pathText = null, replacement = null], _context, site) {
    if (value === null || pathText === null) return null
    const path = parseJsonPath(textOf(pathText, 2, site))
    return modifyJson(textOf(value, 1, site), path, jsonLiteral(replacement, site))
  },
})

function jsonLiteral(value: SqlValue, site: CallSite): string | null {
  if (value === null) return null
  if (typeof value === 'boolean') return String(value)
  const type = site.args[2]?.type ?? INT
  const text = textOf(value, 3, site)
  return isNumericType(type) ? text : `"${escapeJson(text)}"`
}

/** JSON_PATH_EXISTS(text, path): 1 where the path leads to something, be it null. */
const jsonPathExists = defineFunction({
  arguments: 2,
  result: INT,
  evaluate([value = null, pathText = null], _context, site) {
    const node = parsed(textOf(value, 1, site))
    const { steps } = parseJsonPath(textOf(pathText, 2, site))
    return node !== undefined && selectJson(node, steps) !== undefined ? 1 : 0
  },
})

export const JSON_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  ISJSON: isjson,
  JSON_PATH_EXISTS: jsonPathExists,
  JSON_VALUE: jsonValue,
  JSON_QUERY: jsonQuery,
  JSON_MODIFY: jsonModify,
}
