import type { SqlType, SqlValue } from '../../../mdf/index.ts'
import { SqlError } from '../../sql-error.ts'
import type { ResultColumn, ResultSink } from '../../tds/index.ts'
import {
  Cursor,
  type CursorModel,
  cursorSettings,
  type FetchPlace,
  type FetchResult,
} from '../cursor/index.ts'
import type { ExecutionHost, TableSource } from '../host.ts'
import type { Row } from '../query/index.ts'
import { type CursorDefinition, parseBatch, type Statement } from '../syntax/index.ts'
import { BatchEnded } from './batch-error.ts'
import { BatchState } from './batch-state.ts'
import type { BatchParameter } from './contract.ts'
import { SILENT } from './describe-batch.ts'
import { runCursor } from './execute-cursor.ts'
import { executeStatement } from './execute-statements.ts'
import { isQuoted } from './execute-text.ts'
import { statementContext } from './statement-context.ts'

export interface ServerCursorOptions extends Pick<CursorDefinition, 'concurrency'> {
  readonly parameters?: readonly BatchParameter[]
  readonly model: CursorModel
  readonly isForwardOnly: boolean
  readonly signal: AbortSignal
}

/** A row of a fetch: -2 and no values when it is gone. */
export interface FetchedRow {
  readonly status: 0 | -2
  readonly values: Row | undefined
}

/** A cursor that a client works with by calls, with the rows it fetched last. */
export class ServerCursor {
  readonly #cursor: Cursor
  readonly #host: ExecutionHost
  #buffer: readonly FetchResult[] = []

  private constructor(cursor: Cursor, host: ExecutionHost) {
    this.#cursor = cursor
    this.#host = host
  }

  /**
   * Opens a cursor for a text that is one SELECT.
   * @throws SqlError 16937 for any other text, and those of the query
   */
  static async open(
    text: string,
    host: ExecutionHost,
    options: ServerCursorOptions,
  ): Promise<ServerCursor> {
    const state = new BatchState({ host, out: SILENT, signal: options.signal })
    for (const { name, type, value } of options.parameters ?? []) state.declare(name, type, value)
    const [statement, ...others] = parseBatch(text, {
      quotedIdentifier: isQuoted(state),
    }).statements
    if (statement?.kind !== 'select-statement' || others.length > 0) throw notOneQuery()
    const { model, concurrency, isForwardOnly } = options
    const settings = cursorSettings({
      model,
      movement: isForwardOnly ? 'forward-only' : 'scroll',
      ...(concurrency === undefined ? {} : { concurrency }),
      query: statement.query,
    })
    const { database, collationId } = host.session
    const cursor = new Cursor(statement.query, settings, () => {
      return { ...statementContext(state), database, collationId }
    })
    await runCursor(cursor, state, (run) => cursor.open(run))
    return new ServerCursor(cursor, host)
  }

  get columns(): readonly ResultColumn[] {
    return this.#cursor.columns
  }

  /** The table whose rows can be changed through the cursor. */
  get table(): TableSource | undefined {
    return this.#cursor.table
  }

  /** What it has become: a query that needs a work table is static whatever was asked for. */
  get settings(): Cursor['settings'] {
    return this.#cursor.settings
  }

  /** -1 when it changes. */
  get rowCount(): number {
    return this.#cursor.rowCount
  }

  /**
   * Goes to a row and reads `count` of them from there on, fewer at the end: they are the rows that `change`
   * means from now on.
   * @throws SqlError 16911, 16925
   */
  async fetch(
    place: FetchPlace,
    count: number,
    signal: AbortSignal,
  ): Promise<readonly FetchedRow[]> {
    const state = new BatchState({ host: this.#host, out: SILENT, signal })
    const cursor = this.#cursor
    const buffer: FetchResult[] = []
    await runCursor(cursor, state, function* (run) {
      for (let next = place; buffer.length < count; next = NEXT) {
        const result = yield* cursor.fetch(next, run)
        if (result.status === -1) break
        buffer.push(result)
      }
    })
    this.#buffer = buffer
    return buffer.map(({ status, row }) => ({ status: status === 0 ? 0 : -2, values: row }))
  }

  /**
   * Changes a row that was fetched last, or deletes it when no values are given. `row` counts from 1.
   * The statement's count and its error go to `out`, and what its triggers answer.
   * @returns whether it succeeded
   * @throws SqlError 16917, 16929, 16930, 16931
   */
  async change(
    row: number,
    values: readonly {
      readonly column: string
      readonly type: SqlType
      readonly value: SqlValue
    }[],
    { out, signal }: { readonly out: ResultSink; readonly signal: AbortSignal },
  ): Promise<boolean> {
    const fetched = this.#buffer[row - 1]
    this.#cursor.goTo(fetched)
    const { table } = this.#cursor.requireCurrent()
    const state = new BatchState({ host: this.#host, out, signal, isInProcedure: true })
    state.cursors.local.add(NAME, this.#cursor)
    for (const [index, { type, value }] of values.entries()) state.declare(`@${index}`, type, value)
    const { database, schema, name } = table
    const line = 1
    const change = {
      with: [],
      target: {
        kind: 'table',
        name: { server: '', database, schema, name, line },
        hints: [],
        line,
      },
      from: [],
      currentOf: { name: NAME, isGlobal: false },
      line,
    } as const
    const set = values.map(({ column }, index) => ({
      column: [column],
      operator: '=' as const,
      value: { kind: 'variable' as const, name: `@${index}`, line },
      line,
    }))
    const statement: Statement =
      set.length === 0 ? { kind: 'delete', ...change } : { kind: 'update', set, ...change }
    try {
      await executeStatement(statement, state)
    } catch (thrown) {
      if (!(thrown instanceof BatchEnded)) throw thrown
    }
    return !state.failed
  }

  close(): void {
    this.#cursor.close()
    this.#buffer = []
  }
}

const NAME = 'cursor'
const NEXT: FetchPlace = { direction: 'next', offset: 0 }

function notOneQuery(): SqlError {
  return new SqlError(
    16937,
    'A server cursor cannot be opened on the given statement or statements. Use a default result set or client cursor.',
  )
}
