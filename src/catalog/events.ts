import type { CatalogDatabase } from './database.ts'
import { number, type Row, text, word } from './row.ts'

const SUBJECT_KINDS = ['clone', 'image', 'operation'] as const

/** Something that happened. */
export interface EventRecord {
  /** Grows with every event, across restarts. */
  readonly id: number
  readonly time: string
  /** e.g. `clone.ready`. */
  readonly type: string
  readonly subject: {
    readonly kind: (typeof SUBJECT_KINDS)[number]
    readonly id: string
    readonly name: string
  }
  /** Never a secret. */
  readonly attributes: Readonly<Record<string, string | number>>
}

export type NewEvent = Omit<EventRecord, 'id'>

/** Events kept for a client that reconnects; older ones are forgotten. */
const KEPT_EVENTS = 10_000
/** Old events are cleared once in so many. */
const TRIM_EVERY = 256

/** The ring of the newest events, and those who listen to it. */
export class EventTable {
  readonly #database: CatalogDatabase
  readonly #kept: number
  readonly #listeners = new Set<(event: EventRecord) => void>()

  constructor(database: CatalogDatabase, options: { readonly kept?: number } = {}) {
    this.#database = database
    this.#kept = options.kept ?? KEPT_EVENTS
  }

  /** Records an event; listeners hear of it when the open transaction is durable. */
  append(event: NewEvent): void {
    const { time, type, subject, attributes } = event
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO events (time, type, subject_kind, subject_id, subject_name, attributes)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(time, type, subject.kind, subject.id, subject.name, JSON.stringify(attributes))
    const id = Number(lastInsertRowid)
    if (id % TRIM_EVERY === 0) {
      this.#database.prepare('DELETE FROM events WHERE id <= ?').run(id - this.#kept)
    }
    this.#database.afterCommit(() => {
      for (const listener of [...this.#listeners]) listener({ ...event, id })
    })
  }

  /** Calls `listener` for each event until `signal` aborts; first those after `lastEventId`, if given. */
  subscribe(
    listener: (event: EventRecord) => void,
    options: { readonly signal: AbortSignal; readonly lastEventId?: number },
  ): void {
    if (options.signal.aborted) return
    if (options.lastEventId !== undefined) this.#after(options.lastEventId).forEach(listener)
    this.#listeners.add(listener)
    options.signal.addEventListener('abort', () => this.#listeners.delete(listener), { once: true })
  }

  #after(id: number): EventRecord[] {
    return this.#database
      .prepare('SELECT * FROM events WHERE id > ? ORDER BY id')
      .all(id)
      .map(eventRecord)
  }
}

function eventRecord(row: Row): EventRecord {
  return {
    id: number(row, 'id'),
    time: text(row, 'time'),
    type: text(row, 'type'),
    subject: {
      kind: word(row, 'subject_kind', SUBJECT_KINDS),
      id: text(row, 'subject_id'),
      name: text(row, 'subject_name'),
    },
    attributes: JSON.parse(text(row, 'attributes')) as EventRecord['attributes'], // of append
  }
}
