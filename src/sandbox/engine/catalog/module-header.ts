/** Comments and quoted text, in which no word counts. */
const NOISE = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*"/g

/** What stands before AS in the definition of a module, without comments and names in brackets. */
export function moduleHeader(text: string): string {
  const words = text.replace(NOISE, ' ')
  const end = /\bAS\b/i.exec(words)?.index ?? words.length
  return words.slice(0, end)
}

export interface TriggerEvents {
  readonly isInsteadOf: boolean
  readonly insert: boolean
  readonly update: boolean
  readonly delete: boolean
}

/** When a trigger fires: `AFTER INSERT, UPDATE`, `INSTEAD OF DELETE`. */
export function triggerEvents(text: string): TriggerEvents {
  const header = moduleHeader(text)
  const events = /\b(?:FOR|AFTER|INSTEAD\s+OF)\b([\s\S]*)$/i.exec(header)?.[1] ?? ''
  const has = (event: RegExp): boolean => event.test(events)
  return {
    isInsteadOf: /\bINSTEAD\s+OF\b/i.test(header),
    insert: has(/\bINSERT\b/i),
    update: has(/\bUPDATE\b/i),
    delete: has(/\bDELETE\b/i),
  }
}
