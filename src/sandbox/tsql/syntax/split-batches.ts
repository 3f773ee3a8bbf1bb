/** One batch of a script, and how often it is to be sent. */
export interface ScriptBatch {
  readonly text: string
  /** Line of the script the batch starts on, 1-based: a server counts lines from the batch's start. */
  readonly line: number
  /** n of `GO n`; 1 without it. */
  readonly repeat: number
}

/** A separator alone on its line, where neither a string nor a comment is open. */
const SEPARATOR = /[ \t]*GO(?:[ \t]+(\d+))?[ \t]*(?:--[^\n]*)?\r?(?:\n|$)/iy

/** Up to the end of the line, of a string, of a delimited name or of a line comment. */
const PIECE =
  /'[^']*(?:'|$)|"[^"]*(?:"|$)|\[[^\]]*(?:\]|$)|--[^\n]*|\n|\/(?!\*)|-(?!-)|[^'"[\-/\n]+/y

/**
 * A script as sqlcmd and SSMS read it: batches between lines of GO or `GO n`. Batches of white space
 * only are left out.
 */
export function splitBatches(script: string): ScriptBatch[] {
  const batches: ScriptBatch[] = []
  let start = 0
  let line = 1
  const close = (end: number, repeat: number, next: number): void => {
    const text = script.slice(start, end)
    if (text.trim() !== '') batches.push({ text, line, repeat })
    line += countLines(script.slice(start, next))
    start = next
  }
  let position = 0
  while (position < script.length) {
    const separator = isLineStart(script, position) ? matchAt(SEPARATOR, script, position) : null
    if (separator !== null) {
      const next = position + separator[0].length
      close(position, Number(separator[1] ?? 1), next)
      position = next
    } else {
      position = pieceEnd(script, position)
    }
  }
  close(script.length, 1, script.length)
  return batches
}

function isLineStart(script: string, position: number): boolean {
  return position === 0 || script[position - 1] === '\n'
}

function pieceEnd(script: string, position: number): number {
  const piece = matchAt(PIECE, script, position)
  return piece === null ? commentEnd(script, position) : position + piece[0].length
}

/** Block comments nest; an unclosed one takes the rest, for the server to refuse. */
function commentEnd(script: string, position: number): number {
  const marks = /\/\*|\*\//g
  marks.lastIndex = position
  let depth = 0
  for (let mark = marks.exec(script); mark !== null; mark = marks.exec(script)) {
    depth += mark[0] === '/*' ? 1 : -1
    if (depth === 0) return marks.lastIndex
  }
  return script.length
}

function matchAt(pattern: RegExp, script: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position
  return pattern.exec(script)
}

function countLines(text: string): number {
  return text.split('\n').length - 1
}
