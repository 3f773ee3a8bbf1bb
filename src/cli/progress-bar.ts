const REDRAW_MS = 100

/** A line on standard error that is drawn over again; on anything but a terminal, nothing. */
export interface ProgressBar {
  /** Draws the line, unless it was drawn a moment ago. */
  show(line: () => string): void
  /** Takes the line away, so that other output can be written. */
  clear(): void
}

export function createProgressBar(): ProgressBar {
  if (process.stderr.isTTY !== true) return { show() {}, clear() {} }
  let drawnAt = Number.NEGATIVE_INFINITY
  let isDrawn = false
  return {
    show(line) {
      const now = performance.now()
      if (now - drawnAt < REDRAW_MS) return
      drawnAt = now
      isDrawn = true
      process.stderr.write(`\r\x1b[K${line()}`)
    },
    clear() {
      if (isDrawn) process.stderr.write('\r\x1b[K')
      isDrawn = false
    },
  }
}
