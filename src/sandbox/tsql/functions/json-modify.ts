import { type JsonNode, parseJson } from './json.ts'
import { type JsonPath, missingProperty, selectJson } from './json-path.ts'
import { escapeJson } from './string-build.ts'

/**
 * `text` with the value at `path` replaced by `literal`, the rest as it was written. A null literal
 * removes a key; strict paths store it as null.
 * @throws SqlError 13608, 13609
 */
export function modifyJson(text: string, path: JsonPath, literal: string | null): string {
  const root = parseJson(text)
  const target = selectJson(root, path.steps)
  if (path.append) return appended(text, { root, path, target }, literal ?? 'null')
  if (target === undefined) return added(text, root, path, literal)
  if (literal !== null || path.strict) {
    return splice(text, target.start, target.end, literal ?? 'null')
  }
  return removed(text, root, path, target)
}

interface Append {
  readonly root: JsonNode
  readonly path: JsonPath
  readonly target: JsonNode | undefined
}

function appended(text: string, { root, path, target }: Append, literal: string): string {
  if (target === undefined) return added(text, root, path, `[${literal}]`)
  if (target.kind !== 'array') {
    if (path.strict) throw missingProperty()
    return text
  }
  const separator = target.items.length === 0 ? '' : ','
  return splice(text, target.end - 1, target.end - 1, separator + literal)
}

/** A new key in an object that exists; lax paths through something missing change nothing. */
function added(text: string, root: JsonNode, path: JsonPath, literal: string | null): string {
  if (path.strict) throw missingProperty()
  const key = path.steps.at(-1)
  const parent = selectJson(root, path.steps.slice(0, -1))
  if (literal === null || parent === undefined || typeof key !== 'string') return text
  if (parent.kind !== 'object') return text
  const separator = parent.members.length === 0 ? '' : ','
  const member = `${separator}"${escapeJson(key)}":${literal}`
  return splice(text, parent.end - 1, parent.end - 1, member)
}

/** A key goes with the comma beside it; an array's element becomes null, so that others keep their place. */
function removed(text: string, root: JsonNode, path: JsonPath, target: JsonNode): string {
  const parent = selectJson(root, path.steps.slice(0, -1))
  const index = parent?.members.findIndex(({ value }) => value === target) ?? -1
  const member = parent?.members[index]
  if (parent === undefined || member === undefined) {
    return splice(text, target.start, target.end, 'null')
  }
  const next = parent.members[index + 1]
  if (next !== undefined) return splice(text, member.start, next.start, '')
  const previous = parent.members[index - 1]
  return splice(text, previous?.value.end ?? member.start, target.end, '')
}

function splice(text: string, start: number, end: number, inserted: string): string {
  return text.slice(0, start) + inserted + text.slice(end)
}
