import type { ForClause } from './ast.ts'
import { isString } from './parse-name.ts'
import { unknownOption, unsupportedOption } from './syntax-error.ts'
import type { TokenCursor } from './token-cursor.ts'

type XmlClause = Extract<ForClause, { kind: 'xml' }>
type JsonClause = Extract<ForClause, { kind: 'json' }>

const XML_MODES = { RAW: 'raw', AUTO: 'auto', PATH: 'path', EXPLICIT: 'explicit' } as const
const JSON_MODES = { AUTO: 'auto', PATH: 'path' } as const

/** `FOR XML …`, `FOR JSON …`, `FOR BROWSE` */
export function parseForClause(cursor: TokenCursor): ForClause {
  cursor.expect('FOR')
  if (cursor.accept('BROWSE')) return { kind: 'browse' }
  if (cursor.accept('XML')) return parseXml(cursor)
  if (cursor.accept('JSON')) return parseJson(cursor)
  return cursor.fail()
}

function parseXml(cursor: TokenCursor): XmlClause {
  const mode = cursor.acceptAny(['RAW', 'AUTO', 'PATH', 'EXPLICIT']) ?? cursor.fail()
  const element = parseNameInParentheses(cursor)
  let clause: XmlClause = {
    kind: 'xml',
    mode: XML_MODES[mode],
    ...(element === undefined ? {} : { element }),
    type: false,
    elements: false,
    xsinil: false,
  }
  while (cursor.accept(',')) clause = { ...clause, ...parseXmlOption(cursor) }
  return clause
}

function parseXmlOption(cursor: TokenCursor): Partial<XmlClause> {
  const { text, line } = cursor.advance()
  switch (text.toUpperCase()) {
    case 'TYPE':
      return { type: true }
    case 'ROOT':
      return { root: parseNameInParentheses(cursor) ?? 'root' }
    case 'ELEMENTS': {
      const xsinil = cursor.accept('XSINIL')
      if (!xsinil) cursor.accept('ABSENT')
      return { elements: true, xsinil }
    }
    case 'XMLDATA':
    case 'XMLSCHEMA':
    case 'BINARY':
      throw unsupportedOption(text.toUpperCase(), line)
    default:
      throw unknownOption(text, 'FOR XML option', line)
  }
}

function parseJson(cursor: TokenCursor): JsonClause {
  const mode = cursor.acceptAny(['AUTO', 'PATH']) ?? cursor.fail()
  let clause: JsonClause = {
    kind: 'json',
    mode: JSON_MODES[mode],
    includeNulls: false,
    withoutArrayWrapper: false,
  }
  while (cursor.accept(',')) clause = { ...clause, ...parseJsonOption(cursor) }
  return clause
}

function parseJsonOption(cursor: TokenCursor): Partial<JsonClause> {
  const { text, line } = cursor.advance()
  switch (text.toUpperCase()) {
    case 'ROOT':
      return { root: parseNameInParentheses(cursor) ?? 'root' }
    case 'INCLUDE_NULL_VALUES':
      return { includeNulls: true }
    case 'WITHOUT_ARRAY_WRAPPER':
      return { withoutArrayWrapper: true }
    default:
      throw unknownOption(text, 'FOR JSON option', line)
  }
}

/** `('name')`, when it is there; `('')` is the empty name. */
function parseNameInParentheses(cursor: TokenCursor): string | undefined {
  if (!cursor.accept('(')) return undefined
  if (!isString(cursor.token)) cursor.fail()
  const { text } = cursor.advance()
  cursor.expect(')')
  return text
}
