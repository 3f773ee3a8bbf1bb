/** A column of a CREATE TABLE, read back. */
export interface ParsedColumn {
  readonly name: string
  /** As written, without what follows the type. */
  readonly type: string
  /** Undefined for a computed column that does not say. */
  readonly isNullable: boolean | undefined
  readonly identity: string | undefined
  readonly isRowGuid: boolean
  readonly collation: string | undefined
  readonly defaultName: string | undefined
  readonly defaultText: string | undefined
  readonly computedText: string | undefined
  readonly isPersisted: boolean
}

/** A PRIMARY KEY or UNIQUE of a CREATE TABLE, read back. */
export interface ParsedKey {
  readonly name: string | undefined
  readonly kind: string
  readonly order: string
  /** With DESC where the script says so. */
  readonly columns: readonly string[]
}

export interface ParsedTable {
  readonly name: string
  readonly columns: readonly ParsedColumn[]
  readonly keys: readonly ParsedKey[]
}

const TOKEN =
  /--[^\n]*|\/\*.*?\*\/|\s+|N?'(?:[^']|'')*'|\[(?:[^\]]|\]\])+\]|[A-Za-z_][A-Za-z0-9_]*|[0-9.]+|./gs

/** A reader of the script's own CREATE TABLE that shares nothing with what wrote it. */
export function parseCreateTable(batch: string): ParsedTable | undefined {
  const tokens = (batch.match(TOKEN) ?? []).filter((token) => !/^(?:\s|--|\/\*)/.test(token))
  if (tokens[0] !== 'CREATE' || tokens[1] !== 'TABLE') return undefined
  const open = tokens.indexOf('(')
  const elements = splitElements(tokens.slice(open + 1))
  const isKey = (element: readonly string[]) =>
    ['CONSTRAINT', 'PRIMARY', 'UNIQUE'].includes(element[0] ?? '')
  return {
    name: tokens.slice(2, open).join(''),
    columns: elements.filter((element) => !isKey(element)).map(parseColumn),
    keys: elements.filter(isKey).map(parseKey),
  }
}

function splitElements(tokens: readonly string[]): string[][] {
  const elements: string[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (token === ')' && depth === 0) return elements
    if (token === '(') depth++
    if (token === ')') depth--
    if (token === ',' && depth === 0) elements.push([])
    else elements.at(-1)?.push(token)
  }
  throw new Error('CREATE TABLE without an end')
}

function parseColumn(tokens: readonly string[]): ParsedColumn {
  const [name = '', next] = tokens
  if (next === 'AS') return parseComputed(name, tokens)
  const rest = tokens.slice(1)
  const typeEnd = rest.findIndex((token) => /^[A-Z]{2,}/.test(token))
  const after = rest.slice(typeEnd)
  const at = (word: string) => after.indexOf(word)
  const standard = at('DEFAULT')
  const before = standard < 0 ? after : after.slice(0, standard)
  const nullAt = before.indexOf('NULL')
  return {
    name: unquote(name),
    type: rest.slice(0, typeEnd).join(''),
    isNullable: before[nullAt - 1] !== 'NOT',
    identity: at('IDENTITY') < 0 ? undefined : inner(after, at('IDENTITY') + 1),
    isRowGuid: before.includes('ROWGUIDCOL'),
    collation: at('COLLATE') < 0 ? undefined : after[at('COLLATE') + 1],
    defaultName: before.includes('CONSTRAINT') ? unquote(before.at(-1) ?? '') : undefined,
    defaultText: standard < 0 ? undefined : after.slice(standard + 1).join(''),
    computedText: undefined,
    isPersisted: false,
  }
}

function parseComputed(name: string, tokens: readonly string[]): ParsedColumn {
  const persisted = tokens.lastIndexOf('PERSISTED')
  const text = tokens.slice(2, persisted < 0 ? undefined : persisted)
  return {
    name: unquote(name),
    type: '',
    isNullable: tokens.at(-1) === 'NULL' ? false : undefined,
    identity: undefined,
    isRowGuid: false,
    collation: undefined,
    defaultName: undefined,
    defaultText: undefined,
    computedText: text.join(''),
    isPersisted: persisted >= 0,
  }
}

function parseKey(tokens: readonly string[]): ParsedKey {
  const named = tokens[0] === 'CONSTRAINT'
  const [kind = '', ...rest] = named ? tokens.slice(2) : tokens
  const open = rest.indexOf('(')
  const columns = splitElements(rest.slice(open + 1)).map(([column = '', direction]) => {
    return `${unquote(column)}${direction === 'DESC' ? ' DESC' : ''}`
  })
  return {
    name: named ? unquote(tokens[1] ?? '') : undefined,
    kind,
    order: rest[open - 1] ?? '',
    columns,
  }
}

function inner(tokens: readonly string[], open: number): string {
  return tokens.slice(open + 1, tokens.indexOf(')', open)).join('')
}

/** The name in brackets. */
export function unquote(name: string): string {
  return name.slice(1, -1).replaceAll(']]', ']')
}
