import type { Session } from '../session/session.ts'

/** SQL Server keeps session ids up to 50 for its own tasks. */
const FIRST_USER_SPID = 51

/** The open sessions, by session id (SPID). */
export class SessionRegistry {
  readonly #bySpid = new Map<number, Session>()
  /** @@CONNECTIONS: logins tried since the start, whether they succeeded or not. */
  attemptCount = 0

  /** The lowest free session id. */
  nextSpid(): number {
    let spid = FIRST_USER_SPID
    while (this.#bySpid.has(spid)) spid += 1
    return spid
  }

  add(session: Session): void {
    this.#bySpid.set(session.spid, session)
  }

  remove(session: Session): void {
    if (this.#bySpid.get(session.spid) === session) this.#bySpid.delete(session.spid)
  }

  get(spid: number): Session | undefined {
    return this.#bySpid.get(spid)
  }

  /** In order of their ids. */
  list(): readonly Session[] {
    return [...this.#bySpid.values()].sort((a, b) => a.spid - b.spid)
  }

  /** The sessions whose current database it is; each of them keeps it in use. */
  inDatabase(name: string): readonly Session[] {
    return this.list().filter((session) => session.database === name)
  }
}
