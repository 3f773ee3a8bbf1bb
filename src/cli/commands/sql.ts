import { PlatformError } from '../../base/index.ts'
import { argument, type Command, stringOption } from '../command.ts'
import { formatTable } from '../output.ts'
import { type ResultSet, runSql } from '../run-sql.ts'

/** `slipway sql CLONE -Q "SELECT …"` */
export const sql: Command = {
  path: ['sql'],
  usage: 'CLONE -Q "SELECT ..." [--database NAME]',
  summary: 'run a batch of T-SQL on a clone',
  options: { query: { type: 'string', short: 'Q' }, database: { type: 'string', short: 'd' } },
  arguments: { min: 1, max: 1 },
  async run(context) {
    const text = stringOption(context, 'query')
    if (text === undefined) {
      throw new PlatformError(
        'INVALID_ARGUMENT',
        'slipway sql: give the T-SQL to run with -Q "..."',
      )
    }
    const clone = await context.client.inspectClone(argument(context, 0))
    const database = stringOption(context, 'database') ?? clone.database
    const result = await runSql({ ...clone, database }, text, {
      onMessage: (message) => process.stderr.write(`${message}\n`),
    })
    context.output.result(result, () => result.resultSets.map(describeResultSet).join('\n\n'))
  },
}

function describeResultSet({ columns, rows }: ResultSet): string {
  const cells = rows.map((row) => row.map(formatCell))
  return `${formatTable(columns, cells)}\n(${rows.length} ${rows.length === 1 ? 'row' : 'rows'})`
}

function formatCell(value: unknown): string {
  if (value === null) return 'NULL'
  if (value instanceof Date) return value.toISOString().replace('T', ' ').replace('Z', '')
  if (Buffer.isBuffer(value)) return `0x${value.toString('hex').toUpperCase()}`
  return String(value)
}
