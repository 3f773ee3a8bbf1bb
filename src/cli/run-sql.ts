import { PlatformError } from '../base/index.ts'

export interface ResultSet {
  /** As sent; a column without a name is ''. */
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

export interface SqlResult {
  readonly resultSets: readonly ResultSet[]
  /** Rows affected or returned, statement by statement. */
  readonly rowCounts: readonly number[]
}

interface SqlTarget {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}

const SECONDS = 1000

/**
 * Runs one batch over TDS.
 *
 * @throws PlatformError SQL_ERROR with number, severity, state and line in its details
 */
export async function runSql(
  target: SqlTarget,
  text: string,
  options: { readonly onMessage: (message: string) => void },
): Promise<SqlResult> {
  const { Connection, Request } = await import('tedious')
  const connection = new Connection({
    server: target.host,
    authentication: {
      type: 'default',
      options: { userName: target.user, password: target.password },
    },
    options: {
      port: target.port,
      database: target.database,
      encrypt: true,
      trustServerCertificate: true,
      connectTimeout: 15 * SECONDS,
      requestTimeout: 0,
    },
  })
  const resultSets: { columns: string[]; rows: unknown[][] }[] = []
  const rowCounts: number[] = []
  try {
    await new Promise<void>((resolve, reject) => {
      connection.connect((error) => (error ? reject(error) : resolve()))
    })
    connection.on('infoMessage', ({ message }) => options.onMessage(message))
    await new Promise<void>((resolve, reject) => {
      const request = new Request(text, (error) => (error ? reject(error) : resolve()))
      request.on('columnMetadata', (columns) => {
        // An array as long as useColumnNames is off, which is tedious' default.
        const list = Array.isArray(columns) ? columns : Object.values(columns)
        resultSets.push({ columns: list.map((column) => column.colName), rows: [] })
      })
      request.on('row', (cells: { value: unknown }[]) => {
        resultSets.at(-1)?.rows.push(cells.map(({ value }) => value))
      })
      request.on('done', (count) => count !== undefined && rowCounts.push(count))
      connection.execSqlBatch(request)
    })
  } catch (error) {
    throw toSqlError(error)
  } finally {
    connection.close()
  }
  return { resultSets, rowCounts }
}

function toSqlError(error: unknown): PlatformError {
  const first = error instanceof AggregateError ? error.errors[0] : error
  const { number, class: severity, state, lineNumber, message } = first as Record<string, unknown>
  if (typeof number !== 'number')
    return new PlatformError('SQL_ERROR', String(message), { cause: error })
  return new PlatformError(
    'SQL_ERROR',
    `Msg ${number}, Level ${severity}, State ${state}, Line ${lineNumber}: ${message}`,
    { cause: error, details: { number, severity, state, line: lineNumber } },
  )
}
