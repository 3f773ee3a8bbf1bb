import { SqlError } from '../../sql-error.ts'
import type { AdministrationStatement, Expression } from '../../tsql/index.ts'
import { findUserObject } from '../catalog/find-object.ts'
import { inform } from '../messages.ts'
import { parseProcedureName } from '../session/procedure-name.ts'
import type { IdentityCounter } from '../tempdb/identity-counter.ts'
import { isLocalTemporary } from '../tempdb/temporary-objects.ts'
import type { AdministrationContext } from './administer.ts'

type Dbcc = Extract<AdministrationStatement, { kind: 'dbcc' }>

/**
 * DBCC CHECKIDENT (table [, NORESEED | RESEED [, value]]): tells the identity value, or sets it. Before the
 * first row the value is the one that row gets, later the one behind which the next row goes on.
 * @throws SqlError 2501 (no such table), 7997 (no identity column), 3906
 */
export function checkIdentity(statement: Dbcc, context: AdministrationContext): void {
  const [table, mode, value] = statement.arguments
  const counter = counterOf(wordOf(table), context)
  const current = counter.lastValue === null ? 'NULL' : `${counter.lastValue}`
  const isReseed = wordOf(mode).toUpperCase() === 'RESEED'
  if (isReseed && value !== undefined) reseed(counter, wholeNumber(value))
  const text = isReseed
    ? `Checking identity information: current identity value '${current}'.`
    : `Checking identity information: current identity value '${current}', current column value '${current}'.`
  if (!statement.options.includes('NO_INFOMSGS')) inform(context.out, 7998, text, 10)
}

function reseed(counter: IdentityCounter, value: bigint): void {
  const { increment } = counter.numbers
  counter.lastValue = counter.lastValue === null ? value - increment : value
}

function counterOf(written: string, { instance, session }: AdministrationContext): IdentityCounter {
  const name = parseProcedureName(written)
  const isTemporary = written.startsWith('#') || name.name.startsWith('#')
  const database = instance.memoryDatabase(
    isTemporary ? 'tempdb' : name.database || session.database,
  )
  const object = isLocalTemporary(name.name)
    ? session.temporary.find(name.name)
    : findUserObject(name, database)
  const table = object && database.catalog.tables.get(object.objectId)
  if (table === undefined) {
    throw new SqlError(
      2501,
      `Cannot find a table or object with the name "${written}". Check the system catalog.`,
      { state: 45 },
    )
  }
  if (table.identity !== undefined) return table.identity
  throw new SqlError(7997, `'${name.name}' does not contain an identity column.`)
}

function wordOf(argument: Expression | undefined): string {
  if (argument?.kind === 'column') return argument.parts.join('.')
  return argument?.kind === 'literal' ? argument.text : ''
}

function wholeNumber(argument: Expression): bigint {
  const isNegative = argument.kind === 'unary' && argument.operator === '-'
  const text = wordOf(isNegative ? argument.operand : argument)
  if (!/^\d+$/.test(text)) {
    throw new SqlError(2560, 'Parameter 3 is incorrect for this DBCC statement.')
  }
  return isNegative ? -BigInt(text) : BigInt(text)
}
