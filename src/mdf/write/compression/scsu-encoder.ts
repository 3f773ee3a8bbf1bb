// Standard Compression Scheme for Unicode (UTS #6): a simple encoder, which never leaves the single-byte
// mode and keeps the windows that a decoder begins with.
const WINDOWS = [0x0080, 0x00c0, 0x0400, 0x0600, 0x0900, 0x3040, 0x30a0, 0xff00]
const WINDOW_SIZE = 0x80
const QUOTE_WINDOW_0 = 0x01
const QUOTE_UNICODE = 0x0e
const SELECT_WINDOW_0 = 0x10
/** What a text of even length ends with: a tag without its operand means nothing. */
const PADDING = QUOTE_WINDOW_0

/** The text in SCSU; undefined when UTF-16 is no longer. The length is odd, as SQL Server has it. */
export function encodeScsu(text: string): Buffer | undefined {
  const bytes: number[] = []
  let active = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (isPlain(unit)) {
      bytes.push(unit)
      continue
    }
    const window = windowOf(unit, active)
    if (window < 0) {
      bytes.push(QUOTE_UNICODE, unit >> 8, unit & 0xff)
      continue
    }
    if (window !== active) bytes.push(SELECT_WINDOW_0 + window)
    active = window
    bytes.push(WINDOW_SIZE + unit - (WINDOWS[window] ?? 0))
  }
  if (bytes.length % 2 === 0) bytes.push(PADDING)
  return bytes.length < 2 * text.length ? Buffer.from(bytes) : undefined
}

function isPlain(unit: number): boolean {
  return (unit >= 0x20 && unit < WINDOW_SIZE) || [0, 9, 10, 13].includes(unit)
}

function windowOf(unit: number, active: number): number {
  const isIn = (start: number | undefined) =>
    start !== undefined && unit >= start && unit < start + WINDOW_SIZE
  return isIn(WINDOWS[active]) ? active : WINDOWS.findIndex(isIn)
}
