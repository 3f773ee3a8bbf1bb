import { SqlError } from '../../sql-error.ts'
import type { JsonNode } from './json.ts'

export interface JsonPath {
  /** A missing part is an error instead of NULL. */
  readonly strict: boolean
  /** JSON_MODIFY adds to the array the path names. */
  readonly append: boolean
  /** Keys of objects and indexes of arrays, from the root. */
  readonly steps: readonly (string | number)[]
}

const MODE = /^\s*(append\s+)?(?:(lax|strict)\s+)?\$/i
const STEP = /\s*(?:\.\s*(?:([\p{L}_$#@][\p{L}\p{N}_$#@]*)|"((?:[^"\\]|\\.)*)")|\[\s*(\d+)\s*\])/uy

/** Parses `[append] [lax | strict] $.key[0]."other key"`. @throws SqlError 13607 */
export function parseJsonPath(text: string): JsonPath {
  const mode = MODE.exec(text)
  if (mode === null) throw malformed(text, 0)
  const steps: (string | number)[] = []
  let position = mode[0].length
  while (text.slice(position).trim() !== '') {
    STEP.lastIndex = position
    const match = STEP.exec(text)
    if (match === null) throw malformed(text, position)
    const [, plain, quoted, index] = match
    steps.push(index === undefined ? (plain ?? unescaped(quoted ?? '')) : Number(index))
    position = STEP.lastIndex
  }
  return {
    append: mode[1] !== undefined,
    strict: mode[2]?.toLowerCase() === 'strict',
    steps,
  }
}

function unescaped(quoted: string): string {
  const text: unknown = JSON.parse(`"${quoted}"`)
  return String(text)
}

function malformed(text: string, position: number): SqlError {
  return new SqlError(
    13607,
    `JSON path is not properly formatted. Unexpected character '${text[position] ?? '.'}' is found at position ${position}.`,
    { state: 4 },
  )
}

/** The value a path leads to; undefined where a part is missing. */
export function selectJson(root: JsonNode, steps: JsonPath['steps']): JsonNode | undefined {
  let node: JsonNode | undefined = root
  for (const step of steps) node = node === undefined ? undefined : child(node, step)
  return node
}

function child(node: JsonNode, step: string | number): JsonNode | undefined {
  if (typeof step === 'number') return node.items[step]
  return node.members.find(({ key }) => key === step)?.value
}

export function missingProperty(): SqlError {
  return new SqlError(13608, 'Property cannot be found on the specified JSON path.', { state: 5 })
}
