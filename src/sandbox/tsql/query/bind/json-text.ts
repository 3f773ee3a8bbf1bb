import { SqlError } from '../../../sql-error.ts'

export type JsonNode =
  | null
  | boolean
  | number
  | string
  | readonly JsonNode[]
  | { readonly [key: string]: JsonNode }

/** @throws SqlError 13609 */
export function parseJson(text: string): JsonNode {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new SqlError(13609, 'JSON text is not properly formatted.', { state: 4, cause })
  }
}

const STEP = /\.(?:"((?:[^"\\]|\\.)*)"|([^."[\]]+))|\[(\d+)\]/y

/**
 * What a path such as `$.items[0]."first name"` points at; undefined for nothing.
 * @throws SqlError 13607 for a malformed path, 13608 for nothing under `strict`
 */
export function stepInto(root: JsonNode, path: string): JsonNode | undefined {
  const start = /^\s*(lax\s+|strict\s+)?\$/i.exec(path)
  if (start === null) throw malformedPath(path, 0)
  const isStrict = start[1]?.toLowerCase().startsWith('strict') === true
  let node: JsonNode | undefined = root
  STEP.lastIndex = start[0].length
  let position = STEP.lastIndex
  while (position < path.trimEnd().length) {
    STEP.lastIndex = position
    const step = STEP.exec(path)
    if (step === null) throw malformedPath(path, position)
    node = child(node, step[1] ?? step[2] ?? step[3] ?? '')
    position = STEP.lastIndex
  }
  if (node === undefined && isStrict) {
    throw new SqlError(13608, 'Property cannot be found on the specified JSON path.', { state: 6 })
  }
  return node
}

function child(node: JsonNode | undefined, key: string): JsonNode | undefined {
  if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined
  return Object.entries(node).find(([name]) => name === key)?.[1]
}

function malformedPath(path: string, position: number): SqlError {
  return new SqlError(
    13607,
    `JSON path is not properly formatted. Unexpected character '${path[position] ?? '.'}' is found at position ${position}.`,
    { state: 4 },
  )
}
