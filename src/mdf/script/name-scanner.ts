/** A word or delimited name in a text of T-SQL. */
export interface ScannedName {
  /** Without its delimiters. */
  readonly text: string
  readonly start: number
  readonly end: number
  readonly isDelimited: boolean
}

/** One to four names with points between them, such as `dbo.[Order Details]`. */
export type ScannedPath = readonly ScannedName[]

// Tried in this order at every place; comments nest, and are closed by hand.
const PIECE =
  /(?<blank>\s+|--[^\n]*|\/\*)|(?<string>'[^']*(?:'|$))|\[(?<bracketed>[^\]]*(?:\]\][^\]]*)*)\]|"(?<quoted>[^"]*(?:""[^"]*)*)"|(?<word>[\p{L}_@#][\p{L}\p{N}_@#$]*)|(?<point>\.)|(?<number>\d[\p{L}\p{N}.]*)|(?<other>.)/suy

/** The names in a text, comments and strings apart, in their order; one with points in it is one path. */
export function* scanPaths(text: string): Generator<ScannedPath> {
  let path: ScannedName[] = []
  let isAfterPoint = false
  let position = 0
  while (position < text.length) {
    PIECE.lastIndex = position
    const piece = PIECE.exec(text)
    if (piece === null) break
    const end = piece[0] === '/*' ? commentEnd(text, position) : PIECE.lastIndex
    const name = scannedName(piece, position, end)
    if (name !== undefined) {
      if (path.length > 0 && !isAfterPoint) {
        yield path
        path = []
      }
      path.push(name)
      isAfterPoint = false
    } else if (piece.groups?.['point'] !== undefined) {
      isAfterPoint = true
    } else if (piece.groups?.['blank'] === undefined) {
      if (path.length > 0) yield path
      path = []
      isAfterPoint = false
    }
    position = end
  }
  if (path.length > 0) yield path
}

function scannedName(piece: RegExpExecArray, start: number, end: number): ScannedName | undefined {
  const { bracketed, quoted, word } = piece.groups ?? {}
  if (word !== undefined) return { text: word, start, end, isDelimited: false }
  if (bracketed !== undefined) {
    return { text: bracketed.replaceAll(']]', ']'), start, end, isDelimited: true }
  }
  if (quoted === undefined) return undefined
  return { text: quoted.replaceAll('""', '"'), start, end, isDelimited: true }
}

function commentEnd(text: string, start: number): number {
  const marks = /\/\*|\*\//g
  marks.lastIndex = start
  let depth = 0
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1
    if (depth === 0) return marks.lastIndex
  }
  return text.length
}
