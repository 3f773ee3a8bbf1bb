import type { ObjectName } from '../syntax/index.ts'

const MOST_PARTS = 4
const PART = /\s*(?:\[((?:[^\]]|\]\])*)\]|"((?:[^"]|"")*)"|([^.[\]"]*))\s*(\.|$)/y

/** The parts of `db.schema.[na.me]`, last one first; undefined when it is no name. */
export function multipartName(text: string): string[] | undefined {
  const parts: string[] = []
  PART.lastIndex = 0
  for (;;) {
    const match = PART.exec(text)
    if (match === null || parts.length === MOST_PARTS) return undefined
    const [, bracketed, quoted, plain = '', end] = match
    parts.unshift(bracketed?.replaceAll(']]', ']') ?? quoted?.replaceAll('""', '"') ?? plain.trim())
    if (end === '') return parts[0] === '' ? undefined : parts
  }
}

/** The name of an object as OBJECT_ID and its kin take it. */
export function objectName(text: string): ObjectName | undefined {
  const parts = multipartName(text)
  if (parts === undefined) return undefined
  const [name = '', schema = '', database = '', server = ''] = parts
  return { server, database, schema, name, line: 1 }
}
