import type { Logger } from '../../src/base/index.ts'

/** What was logged, as `level message`; nothing reaches the terminal. */
export function createQuietLogger(): { readonly logger: Logger; readonly lines: string[] } {
  const lines: string[] = []
  const record = (level: string) => (message: unknown) => {
    lines.push(`${level} ${String(message)}`)
  }
  const logger = {
    error: record('error'),
    warn: record('warn'),
    info: record('info'),
    debug: record('debug'),
  }
  return { logger: logger as unknown as Logger, lines } // winston's overloads answer the logger itself
}
