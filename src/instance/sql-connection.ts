import type { Socket } from 'node:net'
import { Connection, Request, TYPES } from 'tedious'
import { PlatformError } from '../base/index.ts'

const CONNECT_TIMEOUT_MS = 15_000

/** A row by column name. */
export type SqlRow = Readonly<Record<string, unknown>>

/** One connection as sa, for administration: statements run one after another. */
export class SqlConnection {
  readonly #connection: Connection

  private constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * Logs in over a socket that is connected to the instance already.
   *
   * @throws PlatformError SQL_ERROR with SQL Server's number, when it answered
   */
  static async open(options: {
    readonly host: string
    readonly port: number
    readonly password: string
    readonly socket: Socket
  }): Promise<SqlConnection> {
    const connection = new Connection({
      server: options.host,
      authentication: { type: 'default', options: { userName: 'sa', password: options.password } },
      options: {
        port: options.port,
        connector: async () => options.socket,
        encrypt: true,
        trustServerCertificate: true,
        maxRetriesOnTransientErrors: 0,
        connectTimeout: CONNECT_TIMEOUT_MS,
        requestTimeout: 0,
        appName: 'Slipway',
      },
    })
    connection.on('error', () => {}) // the next statement fails and says why
    try {
      await new Promise<void>((resolve, reject) => {
        connection.connect((error) => (error === undefined ? resolve() : reject(error)))
      })
    } catch (error) {
      connection.close()
      throw toSqlError(error, `log in to ${options.host}:${options.port}`)
    }
    return new SqlConnection(connection)
  }

  /**
   * Runs a batch; its text parameters are given by name, without the `@`.
   *
   * @throws PlatformError SQL_ERROR with number, severity, state and line in the details
   */
  query(sql: string, parameters: Readonly<Record<string, string>> = {}): Promise<SqlRow[]> {
    const names = Object.entries(parameters)
    return new Promise((resolve, reject) => {
      const rows: SqlRow[] = []
      const request = new Request(sql, (error) => {
        if (error) reject(toSqlError(error, 'SQL Server answered'))
        else resolve(rows)
      })
      request.on('row', (columns: readonly { metadata: { colName: string }; value: unknown }[]) =>
        rows.push(
          Object.fromEntries(columns.map(({ metadata, value }) => [metadata.colName, value])),
        ),
      )
      for (const [name, value] of names) request.addParameter(name, TYPES.NVarChar, value)
      if (names.length === 0) this.#connection.execSqlBatch(request)
      else this.#connection.execSql(request)
    })
  }

  close(): void {
    this.#connection.close()
  }
}

function toSqlError(error: unknown, doing: string): PlatformError {
  const message = error instanceof Error ? error.message : String(error)
  return new PlatformError('SQL_ERROR', `${doing}: ${message}`, {
    cause: error,
    details: sqlDetails(error),
  })
}

/** What SQL Server said of an error, from the fields tedious gives it. */
function sqlDetails(error: unknown): Record<string, unknown> {
  const fields: Record<string, unknown> = error instanceof Error ? { ...error } : {}
  if (typeof fields['number'] !== 'number') return {}
  return {
    number: fields['number'],
    severity: fields['class'],
    state: fields['state'],
    line: fields['lineNumber'],
  }
}
